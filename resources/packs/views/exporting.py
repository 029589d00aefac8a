"""Taking a pack along: asking for an export of an edition, seeing how far it is, fetching it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from resources.interop.citations import CitationFormat
from resources.packs import queue
from resources.packs.citing import pack_citations
from resources.packs.content import PackContent
from resources.packs.counting import count_visitor
from resources.packs.editions import shown
from resources.packs.exporting.carrying import Budget, byte_budget
from resources.packs.exporting.types import ExportOptions, Paper
from resources.packs.models import Edition, Export, ExportKind, ExportStatus, Pack, PackUse
from resources.packs.views.public import of_public_pack, public_edition
from resources.serving import file_response
from search.languages import LANGUAGE_CODES, LANGUAGES
from search.statistics.storing import beside_an_answer
from search.throttling import too_often_from

MEDIA_TYPES = {
    ExportKind.PDF: "application/pdf",
    ExportKind.ZIP: "application/zip",
    ExportKind.EPUB: "application/epub+zip",
    ExportKind.CARTRIDGE: "application/zip",
    ExportKind.MOODLE: "application/zip",
}
MOST_WAITING = 200
"""Exports that wait to be made: whoever asks for one more is asked to come back."""
MOST_WAITING_EACH = 10
"""Of one edition: nobody fills the queue with one pack in all its languages and papers."""
REMEMBERED_SECONDS = 24 * 3600
"""How long the size of a folder to carry is remembered by a process."""
A_PLACE = 30
A_PROXY = 300
"""New exports an hour; asking for one that there is counts for nothing, as a whole class may do it."""
CITED_A_PLACE = 60
CITED_A_PROXY = 600
"""Files of formatted citations an hour: each may take seconds, in which nobody else's is made."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of export. `size` in bytes is that of the file that `is_there`, else what it will come to about, of which
    `largest` are what takes most of it, with names.
    """

    kind: str
    label: str
    what: str
    size: int
    is_there: bool
    largest: tuple[tuple[str, int], ...] = ()


@require_safe
@never_cache
@of_public_pack
def offers(request: HttpRequest, pack: Pack, number: int) -> HttpResponse:
    """The kinds of exports there are of an edition, with their options."""
    edition = public_edition(pack, number)
    options = read_options(request.GET)
    content = shown(edition, options.language, with_passages=False)
    made = queue.existing_kinds(edition=edition, options=options, content=content)
    return render(
        request,
        "packs/exports.html",
        {
            "pack": pack,
            "edition": edition,
            "content": content,
            "offers": [_offer(edition, content, kind, made.get(kind), options) for kind in ExportKind],
            "options": options,
            "papers": list(Paper),
            "languages": [(language.code, language.native) for language in LANGUAGES],
            "citation_formats": list(CitationFormat),
        },
    )


def _offer(
    edition: Edition, content: PackContent, kind: ExportKind, made: Export | None, options: ExportOptions
) -> Offer:
    is_there = made is not None and made.is_there
    size = made.size if made is not None and is_there else 0
    largest: list[tuple[str, int]] = []
    if kind is ExportKind.ZIP and not size:
        budget = _budget(edition, content, options.language)
        size, largest = budget.total, [(_("Documents"), budget.documents), (_("Video"), budget.videos)]
    return Offer(kind.value, str(kind.label), _what(kind), size, is_there, tuple(each for each in largest if each[1]))


def _budget(edition: Edition, content: PackContent, language: str) -> Budget:
    """What the folder to carry comes to. All that was read from the files is looked at for that, which takes seconds
    and much memory for a large pack: once as long as the edition shows the same, not whenever somebody looks.
    """
    key = f"packs.budget:{edition.pk}:{language}:{queue.digest(content)}"
    budget: Budget | None = cache.get(key)
    if budget is None:
        budget = byte_budget(shown(edition, language), language)
        cache.set(key, budget, REMEMBERED_SECONDS)
    return budget


def _what(kind: ExportKind) -> str:
    match kind:
        case ExportKind.PDF:
            return _("One PDF with cover, contents, notes and the chosen pages, numbered throughout.")
        case ExportKind.ZIP:
            return _(
                "Unpack it onto a stick and open index.html in any browser: documents, video and search work offline."
            )
        case ExportKind.EPUB:
            return _("The texts of the pack for phones and e-book readers, with type as large as you like.")
        case ExportKind.CARTRIDGE:
            return _("The pack as a course for a learning system that takes Common Cartridge 1.3.")
        case _:
            return _("The same for Moodle, which reads an older version of Common Cartridge.")


@require_POST
@never_cache
@of_public_pack
def ask(request: HttpRequest, pack: Pack, number: int, kind: str) -> HttpResponse:
    """Ask for an export, then look at how far it is."""
    edition, which = public_edition(pack, number), _kind(kind)
    options = read_options(request.POST)
    if queue.existing(edition=edition, kind=which, options=options) is None:
        if too_often_from("packs.export", request.META.get("REMOTE_ADDR", ""), a_place=A_PLACE, a_proxy=A_PROXY):
            return _too_often(request, edition)
        if _is_full(edition):
            return render(request, "packs/exports_full.html", {"pack": pack, "edition": edition}, status=503)
    queue.ask_for(edition=edition, kind=which, options=options)
    return HttpResponseRedirect(f"{_address('progress', edition, which)}?{write_options(options)}", status=303)


@require_safe
@never_cache
@of_public_pack
def progress(request: HttpRequest, pack: Pack, number: int, kind: str) -> HttpResponseBase:
    """How far an export is; looking asks for none. Pages look again by themselves; scripts get JSON."""
    edition, which = public_edition(pack, number), _kind(kind)
    options = read_options(request.GET)
    export = queue.existing(edition=edition, kind=which, options=options)
    if export is None:
        return HttpResponseRedirect(reverse("packs:exports", args=[pack.code, edition.number]))
    file = f"{_address('export_file', edition, which)}?{write_options(options)}"
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(
            {
                "status": export.status,
                "percent": percent(export),
                "url": file if export.is_there else "",
                "said": said(export),
            }
        )
    context = {
        "pack": pack,
        "edition": edition,
        "content": shown(edition, options.language, with_passages=False),
        "export": export,
        "options": options,
        "printed": _printed(options) if which is ExportKind.PDF else [],
        "percent": percent(export),
        "said": said(export),
        "file": file,
    }
    return render(request, "packs/export.html", context)


@require_safe
@of_public_pack
def fetch(request: HttpRequest, pack: Pack, number: int, kind: str) -> HttpResponseBase:
    """The file itself, all or the range asked for, as long as it holds what the edition shows now."""
    edition, which = public_edition(pack, number), _kind(kind)
    options = read_options(request.GET)
    export = queue.existing(edition=edition, kind=which, options=options)
    if export is None or not export.is_there:
        return HttpResponseRedirect(f"{_address('progress', edition, which)}?{write_options(options)}")
    path = Path(export.file.path)
    response = file_response(
        request,
        path,
        # Made again, after another release of the portal say, the same export may have other bytes.
        checksum=f"{export.fingerprint}-{path.stat().st_mtime_ns:x}",
        media_type=MEDIA_TYPES[which],
        name=f"{pack.code}-{edition.number}-{options.language}.{which.ending}",
        in_place=False,
    )
    response["X-Robots-Tag"] = "noindex"
    beside_an_answer("The use of an export", lambda: queue.touch(export))
    # Going on with a download is no other one.
    if request.method == "GET" and response.status_code == 200:
        count_visitor(request, pack, PackUse.DOWNLOADED)
    return response


@require_safe
@of_public_pack
def citations(request: HttpRequest, pack: Pack, number: int, form: str) -> HttpResponse:
    """The citations of all items, as a file."""
    edition = public_edition(pack, number)
    if form not in {each.value for each in CitationFormat}:
        raise Http404
    wanted, language = CitationFormat(form), get_language() or "en"
    remote = request.META.get("REMOTE_ADDR", "")
    if wanted.is_style and too_often_from("packs.citations", remote, a_place=CITED_A_PLACE, a_proxy=CITED_A_PROXY):
        return _too_often(request, edition)
    text, media_type, name = pack_citations(shown(edition, language, with_passages=False), wanted, language)
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def read_options(form: QueryDict) -> ExportOptions:
    """The options that a form or an address names; what it doesn't, or names wrongly, is as usual."""
    language, paper = form.get("language", ""), form.get("paper", "")
    return ExportOptions(
        language=language if language in LANGUAGE_CODES else get_language() or "en",
        paper=Paper(paper) if paper in list(Paper) else Paper.A4,
        two_on_a_sheet=form.get("two") == "1",
        black_and_white=form.get("grey") == "1",
    )


def write_options(options: ExportOptions) -> str:
    """The options as an address has them."""
    told = {"language": options.language, "paper": options.paper.value}
    chosen = {"two": options.two_on_a_sheet, "grey": options.black_and_white}
    return urlencode({**told, **{name: "1" for name, on in chosen.items() if on}})


def _printed(options: ExportOptions) -> list[str]:
    """How it is to be printed, in words."""
    chosen = {_("Two pages on a sheet"): options.two_on_a_sheet, _("Black and white"): options.black_and_white}
    paper = "A4" if options.paper is Paper.A4 else _("US Letter")
    return [paper, *(words for words, on in chosen.items() if on)]


def percent(export: Export) -> int:
    return round(export.progress * 100)


def said(export: Export) -> str:
    """How far it is, in words."""
    match export.status:
        case ExportStatus.DONE:
            return _("It is ready.")
        case ExportStatus.FAILED:
            return _("It could not be made. Try again in a while; if it fails again, tell the library’s team.")
        case ExportStatus.RUNNING:
            return _("It is being made: %(percent)s %% are done.") % {"percent": percent(export)}
        case _:
            return _("It waits for its turn.")


def _too_often(request: HttpRequest, edition: Edition) -> HttpResponse:
    response = render(request, "packs/exports_too_often.html", {"pack": edition.pack, "edition": edition}, status=429)
    response["Retry-After"] = "3600"
    return response


def _is_full(edition: Edition) -> bool:
    waiting = Export.objects.filter(status=ExportStatus.WAITING)
    return waiting.count() >= MOST_WAITING or waiting.filter(edition=edition).count() >= MOST_WAITING_EACH


def _kind(kind: str) -> ExportKind:
    if kind not in ExportKind.values:
        raise Http404
    return ExportKind(kind)


def _address(name: str, edition: Edition, kind: ExportKind) -> str:
    return reverse(f"packs:{name}", args=[edition.pack.code, edition.number, kind.value])
