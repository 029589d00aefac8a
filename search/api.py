"""The programs' door: `GET /api/v1/search` and `GET /api/v1/suggest`. Names and meanings here do not change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.vary import vary_on_headers

from search import registry, service
from search.forms import BadParameter, bind_program
from search.languages import LANGUAGE_CODES
from search.types import Facet, Hit, MarkedPassage, SearchResults

View = Callable[[HttpRequest], JsonResponse]


def error(code: str, message: str, status: int) -> JsonResponse:
    """An answer that says what is wrong: `code` for programs, `message` for people."""
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


def _endpoint(view: Callable[[HttpRequest, str], JsonResponse]) -> View:
    """A view for GET, in the language that `ui` names, whose bad parameters are told of."""

    @csrf_exempt
    @vary_on_headers("Accept-Language", "Cookie")
    @wraps(view)
    def wrapped(request: HttpRequest) -> JsonResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            refusal = error("method_not_allowed", _("Use the GET method."), 405)
            refusal["Allow"] = "GET, HEAD, OPTIONS"
            return refusal
        ui = _ui(request)
        with override(ui):
            try:
                return view(request, ui)
            except BadParameter as bad:
                return error("bad_parameter", str(bad), 400)

    return wrapped


@_endpoint
def search(request: HttpRequest, ui: str) -> JsonResponse:
    """Works that answer `q` and the filters; docs/api.md tells the parameters and the answer."""
    query = bind_program(request.GET, ui=ui, readers=registry.readers(request.user))
    results = service.search(query)
    if not results.available:
        return error("unavailable", _("Search is not available at the moment."), 503)
    return JsonResponse(_results(results, request.build_absolute_uri("/").rstrip("/")))


@_endpoint
def suggest(request: HttpRequest, ui: str) -> JsonResponse:
    """Completions of `q`: titles of works, themes and countries."""
    base = request.build_absolute_uri("/").rstrip("/")
    found = service.suggest(request.GET.get("q", ""), ui, registry.readers(request.user))
    suggestions = [
        {"kind": each.kind, "text": each.text, "language": each.language, "url": _absolute(base, each.url)}
        for each in found
    ]
    return JsonResponse({"suggestions": suggestions})


def _ui(request: HttpRequest) -> str:
    for language in (request.GET.get("ui", "").lower(), get_language() or ""):
        if language in LANGUAGE_CODES:
            return language
    return "en"


def _results(results: SearchResults, base: str) -> dict[str, Any]:
    return {
        "total": results.total,
        "page": results.query.page,
        "page_size": results.query.page_size,
        "took_ms": results.took_ms,
        "engine": results.engine,
        "results": [_hit(hit, base) for hit in results.hits],
        "facets": {facet.name: _facet(facet) for facet in results.facets},
        "suggestions": list(results.suggestions),
        "any_word": results.any_word,
        "fuzzy": results.fuzzy,
        "ignored": [{"parameter": facet, "value": value} for facet, value in results.ignored],
    }


def _hit(hit: Hit, base: str) -> dict[str, Any]:
    years = hit.facets.get("year", ())
    return {
        "id": hit.key,
        "work": hit.work,
        "url": _absolute(base, hit.url),
        "title": hit.title,
        "language": hit.language,
        "languages": list(hit.facets.get("language", hit.languages)),
        "type": next(iter(hit.facets.get("type", ())), ""),
        "countries": list(hit.facets.get("country", ())),
        "themes": list(hit.card.get("themes", hit.facets.get("theme", ()))),
        "year": int(years[0]) if years and years[0].isdecimal() else None,
        "score": round(hit.score, 4),
        "matched": [str(match) for match in hit.matched],
        "snippet": hit.snippet_html,
        "passages": [_passage(passage, base) for passage in hit.passages],
        "permalink": _absolute(base, hit.card["permanent"]) if hit.card.get("permanent") else None,
    }


def _passage(passage: MarkedPassage, base: str) -> dict[str, Any]:
    return {
        "file": passage.file,
        "page": passage.page,
        "time": passage.start,
        "url": _absolute(base, passage.url),
        "html": passage.html,
    }


def _facet(facet: Facet) -> list[dict[str, Any]]:
    return [{"value": value.value, "label": value.label, "count": value.count} for value in facet.values]


def _absolute(base: str, url: str) -> str:
    return f"{base}{url}" if url.startswith("/") else url
