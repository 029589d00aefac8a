"""The packs that editors recommend, to look through and to search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from resources.packs.addresses import shown_path
from resources.packs.source import TYPE, code_of
from resources.reading.cards import some_countries, year_and_length
from resources.thesaurus import labels
from search import registry, service
from search.forms import bind_page
from search.page import search_page
from search.types import Hit, SearchResults, Sort

PAGE_SIZE = 12
THEMES = 3
# By what trainers look for a pack: the others tell works apart.
FACETS = ("theme", "country", "language")


@dataclass(frozen=True, slots=True)
class PackCard:
    url: str
    title: str
    language: str
    cover: str
    maker: str
    length: str
    countries: str
    themes: str
    snippet: str
    snippet_language: str
    is_demonstration: bool


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Recommended packs by theme, country and language, or those that hold the words asked for."""
    ui = get_language() or "en"
    bound = bind_page(request.GET, ui=ui, readers=registry.readers(request.user))
    chosen = {name: values for name, values in bound.query.filters.items() if name in FACETS}
    sort = Sort.RELEVANCE if bound.query.text else Sort.NEWEST
    asked = replace(bound.query, filters={**chosen, "type": (TYPE,)}, page_size=PAGE_SIZE, sort=sort)
    results = _of_packs(service.search(asked), chosen)
    page = search_page(request.path, bound, results)
    return render(
        request,
        "packs/gallery.html",
        {
            **page.context(),
            "packs": [_card(hit, ui) for hit in results.hits],
            "is_asked": bool(bound.query.text or chosen),
            "cover_kind": TYPE,
        },
    )


def _of_packs(results: SearchResults, chosen: Mapping[str, tuple[str, ...]]) -> SearchResults:
    """The results without the filter that this page always has: it stands in no address and isn't for choosing."""
    facets = tuple(facet for facet in results.facets if facet.name in FACETS)
    known = {name: values for name, values in results.query.filters.items() if name in chosen}
    return replace(results, query=replace(results.query, filters=known, sort=Sort.RELEVANCE), facets=facets)


def _card(hit: Hit, ui: str) -> PackCard:
    told: Mapping[str, Any] = hit.card
    themes: Sequence[str] = told.get("themes", ())
    return PackCard(
        url=shown_path(code_of(hit.work), told.get("edition")),
        title=hit.title,
        language=hit.language,
        cover=told.get("cover", ""),
        maker=told.get("maker", ""),
        length=year_and_length(told),
        countries=some_countries(told.get("countries", ()), ui),
        themes=", ".join(labels.label(slug, ui) for slug in themes[:THEMES]),
        snippet=hit.snippet_html,
        snippet_language=hit.snippet_language,
        is_demonstration=bool(told.get("is_demonstration")),
    )
