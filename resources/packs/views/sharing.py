"""Before a pack is handed out, and after: the languages it is in, its addresses, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from resources.packs import actions
from resources.packs.addresses import edition_url, pack_url, short_url
from resources.packs.changes import Change, FileChange, PageChange, changes, undecided
from resources.packs.editions import newest, share, stored
from resources.packs.keys import hand_out, key_ring
from resources.packs.models import Pack
from resources.packs.overview import PackOverview, lacking, overview, version
from resources.packs.qr_code import qr_inline
from resources.packs.text_differences import Comparing, two_sides
from resources.packs.unshared import is_unshared
from resources.packs.views.gate import for_makers, interface_language, page
from resources.packs.views.refusing import too_often
from resources.packs.views.responses import see_other
from search.languages import LANGUAGE_CODES
from search.throttling import too_often_from

MOST_EDITIONS = 300
A_PLACE = 40
A_PROXY = 800
"""Editions handed out within an hour."""
MOST_SHOWN = 30
"""Pages of a file of which both texts are shown; of more, only the numbers."""


@for_makers
def languages(request: HttpRequest, pack: Pack) -> HttpResponse:
    """What a reader of each language gets of each item."""
    told = overview(pack, interface_language())
    order = [pack.language, *(code for code in LANGUAGE_CODES if code != pack.language)]
    rows = [
        (item, [version(item, language) for language in order] if item.work else None)
        for section in told.sections
        for item in section.items
    ]
    return page(request, pack, "languages", {"told": told, "columns": order, "rows": rows, "lacking": lacking(told)})


@for_makers
def sharing(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Hand the pack out; then its addresses, with a QR code."""
    told = overview(pack, interface_language())
    if request.method == "POST" and _can_be_shared(told):
        if _too_many_editions(request, pack):
            return too_often(request, "packs/too_often.html", reverse("packs:edit", args=[pack.code]))
        share(pack=pack)
        response = see_other(reverse("packs:share", args=[pack.code]))
        hand_out(response, key_ring(request).counting(pack.code, len(told.items)))
        return response
    last = newest(pack)
    before = stored(last) if last else None
    short = short_url(pack.code)
    context = {
        "told": told,
        "lacking": lacking(told),
        "can_be_shared": _can_be_shared(told),
        "last": last,
        "is_newer": before is not None and is_unshared(pack, before),
        "address": pack_url(pack.code, pack.language),
        "short": short,
        "edition": edition_url(pack.code, last.number, pack.language) if last else "",
        "qr": qr_inline(short),
        "undecided": undecided(pack, before) if before else 0,
    }
    return page(request, pack, "share", context, status=422 if request.method == "POST" else 200)


def _too_many_editions(request: HttpRequest, pack: Pack) -> bool:
    """Whether one edition more is too much: each is kept for good."""
    remote = request.META.get("REMOTE_ADDR", "")
    last = newest(pack)
    return bool(last and last.number >= MOST_EDITIONS) or too_often_from(
        "packs.share", remote, a_place=A_PLACE, a_proxy=A_PROXY
    )


def _can_be_shared(told: PackOverview) -> bool:
    return any(item.work is not None for item in told.items)


@for_makers
def changed(request: HttpRequest, pack: Pack) -> HttpResponse:
    """What changed in the works since the pack was handed out; the maker takes it or keeps what there was."""
    last = newest(pack)
    found = changes(pack, stored(last), interface_language()) if last else []
    if request.method == "POST":
        _decide(request, pack, found)
        if request.POST.get("then") == "share":
            return see_other(reverse("packs:share", args=[pack.code]))
        return see_other(f"{reverse('packs:changes', args=[pack.code])}?done=saved")
    comparing = Comparing()
    files = [(each, _shown(each.pages, comparing), _numbers(each.pages)) for each in found]
    context = {"last": last, "files": files, "done": request.GET.get("done", "")}
    return page(request, pack, "changes", context)


def _decide(request: HttpRequest, pack: Pack, found: Sequence[FileChange]) -> None:
    """Note what the form says of files that are still as the maker saw them; what changed again is asked again."""
    decisions: dict[str, dict[int, tuple[str, bool]]] = {}
    for each in found:
        take, _, checksum = request.POST.get(f"d-{each.item}-{each.document}", "").partition(":")
        if each.checksum and checksum == each.checksum and take in ("accept", "keep"):
            decisions.setdefault(each.item, {})[each.document] = (checksum, take == "accept")
    for item, told in decisions.items():
        actions.decide(pack=pack, item=item, decisions=told)


def _shown(pages: Sequence[PageChange], comparing: Comparing) -> list[dict[str, Any]]:
    return [{"change": each, "texts": two_sides(each.before, each.after, comparing)} for each in pages[:MOST_SHOWN]]


def _numbers(pages: Sequence[PageChange]) -> list[tuple[str, list[PageChange]]]:
    """The changes by sort: which pages changed, which came, which went."""
    return [(kind.value, some) for kind in Change if (some := [each for each in pages if each.change is kind])]
