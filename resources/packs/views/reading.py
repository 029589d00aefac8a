"""A pack as its readers see it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from resources.packs.addresses import edition_url, short_url, shown_path
from resources.packs.counting import count_visitor
from resources.packs.editions import newest, search_key, shown
from resources.packs.keys import may_edit
from resources.packs.models import Edition, Pack, PackUse
from resources.packs.qr_code import qr_inline
from resources.packs.showing import sections
from resources.packs.views.public import of_public_pack, public_edition
from resources.reader_language import language_before
from search.statistics import counting


@require_safe
@of_public_pack
def pack(request: HttpRequest, found: Pack) -> HttpResponse:
    """The newest edition of a pack."""
    last = newest(found)
    if last is None:
        raise Http404
    last.pack = found
    return _page(request, last)


@require_safe
@of_public_pack
def edition(request: HttpRequest, found: Pack, number: int) -> HttpResponse:
    """One edition, whatever came after it."""
    return _page(request, public_edition(found, number))


@require_safe
@of_public_pack
def short(request: HttpRequest, found: Pack, number: int | None = None) -> HttpResponseBase:
    """The address that a QR code or a blackboard has: the pack, or an edition of it, in the reader's language, which is
    that of the page they come from, if that was one of the portal's.
    """
    with override(language_before(request)):
        response = HttpResponseRedirect(shown_path(found.code, number))
    patch_vary_headers(response, ["Referer"])
    return response


def _page(request: HttpRequest, found: Edition) -> HttpResponse:
    reader = get_language() or "en"
    content = shown(found, reader, with_passages=False)
    editions = list(found.pack.editions.values_list("number", flat=True))
    count_visitor(request, found.pack, PackUse.OPENED)
    counting.opened(request, [search_key(found.pack.code)])
    present = content.present
    return render(
        request,
        "packs/edition.html",
        {
            "pack": found.pack,
            "edition": found,
            "content": content,
            "sections": sections(content, reader),
            "editions": editions,
            "is_newest": found.number == editions[0],
            "is_demonstration": bool(present) and all(item.is_demonstration for item in present),
            "has_headings": any(section.title for section in content.sections),
            "comparable": found.number > 1 or found.pack.based_on_id is not None,
            "based_on": _based_on(content.based_on),
            "short_address": short_url(found.pack.code).partition("//")[2],
            "edition_address": edition_url(found.pack.code, found.number, reader).partition("//")[2],
            "qr_code": qr_inline(short_url(found.pack.code)),
            "is_ours": may_edit(request, found.pack),
        },
    )


def _based_on(credit: tuple[str, str] | None) -> tuple[str, str] | None:
    """The title of the original, and its path: the address was kept in the language of the pack's learners."""
    if credit is None:
        return None
    title, url = credit
    _empty, _language, rest = urlsplit(url).path.split("/", 2)
    return title, f"/{get_language()}/{rest}"
