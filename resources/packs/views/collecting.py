"""Putting things into a pack, from wherever they are seen: works, pages of documents, spans of videos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from resources.packs import actions
from resources.packs.choosing import Choice, fitted, read_choice, read_clock, read_pages
from resources.packs.clock import exact_clock
from resources.packs.content import ItemKind
from resources.packs.keys import KeyRing, hand_out, key_ring, may_edit, ring_with_room
from resources.packs.models import Pack
from resources.packs.models.pack import MOST_ITEMS
from resources.packs.open_works import open_works
from resources.packs.views.gate import interface_language
from resources.packs.views.refusing import begins_too_often, no_room, too_often

MOST_AT_ONCE = 60
"""Things that one form puts in: more than any page shows."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for: `choices`, and why something in it could not be understood ("" if all could)."""

    choices: tuple[Choice, ...]
    problem: str = ""


def wanted(form: QueryDict) -> Wanted:
    """`item` names choices; `part` names a choice whose `pages` or `from` and `to` were typed beside it."""
    chosen = [choice for text in form.getlist("item")[:MOST_AT_ONCE] if (choice := read_choice(text))]
    part = read_choice(form.get("part", ""))
    if part is None:
        problem = "" if chosen else _("Choose what you want to put into the pack.")
        return Wanted(tuple(chosen), problem)
    if part.kind is ItemKind.PAGES:
        pages = read_pages(form.get("pages", ""))
        if pages is None:
            return Wanted(tuple(chosen), _("Write pages as numbers, such as 3–7."))
        return _with_part(chosen, Choice(part.work, part.kind, part.document, *pages))
    start, end = read_clock(form.get("from", "")), read_clock(form.get("to", ""))
    if start is None or end is None or start >= end:
        return Wanted(tuple(chosen), _("Write times as minutes and seconds, such as 2:10, the earlier one first."))
    return _with_part(chosen, Choice(part.work, part.kind, part.document, start=start, end=end))


def _with_part(chosen: Sequence[Choice], typed: Choice) -> Wanted:
    problem = _beyond(typed)
    return Wanted(tuple(chosen), problem) if problem else Wanted((*chosen, typed))


def _beyond(typed: Choice) -> str:
    """What is wrong with a part that ends after its document or video does; "" for all else. Who wrote 3–7 and silently
    got page 3 would find that out in front of the class.
    """
    work = open_works([typed.work]).get(typed.work)
    file = work.file_of(typed.document) if work else None
    if file is None:
        return ""
    pages, seconds = file.document.pages, file.document.duration
    if pages and (typed.last_page or 0) > pages:
        return ngettext("This document has %(count)s page.", "This document has %(count)s pages.", pages) % {
            "count": pages
        }
    if seconds and (typed.end or 0) > seconds + 0.5:
        return _("The video ends at %(time)s.") % {"time": exact_clock(seconds)}
    return ""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Put what the form names into the visitor's pack; for who has none one begins, if there is something to put in.

    Pages that offer this carry no token, so that they are the same for everyone: what a browser says of where a form
    comes from is enough. One that says nothing is asked once more, with a token.
    """
    if request.method != "POST":
        return _asked(request, request.GET, _("Choose what you want to put into the pack."), status=200)
    if not _is_ours(request):
        return _asked(request, request.POST, "", status=403)
    asked = wanted(request.POST)
    if asked.problem:
        return _asked(request, request.POST, asked.problem, status=422)
    ring = key_ring(request)
    pack = Pack.objects.filter(code=ring.current).first() if ring.current else None
    if pack is None or not may_edit(request, pack):
        return _begun(request, asked.choices)
    added = len(actions.add(pack=pack, choices=asked.choices))
    count = pack.items.count()
    answer = _answer(request, pack, added=added, count=count)
    hand_out(answer, ring.counting(pack.code, count))
    return answer


def _begun(request: HttpRequest, choices: Sequence[Choice]) -> HttpResponse:
    """A pack begins with what was chosen; none if nothing of it is to be had."""
    works = open_works(choice.work for choice in choices)
    if not any(fitted(choice, works) for choice in choices):
        answer = _answer(request, None, added=0, count=0)
        hand_out(answer, _filling_none(key_ring(request)))
        return answer
    ring = ring_with_room(request)
    if ring is None:
        return no_room(request, _back(request.POST))
    if begins_too_often(request):
        return too_often(request, "packs/begun_too_often.html", _back(request.POST))
    owner = request.user if request.user.is_authenticated else None
    with transaction.atomic():
        pack, secret = actions.begin(language=interface_language(), owner=owner)
        added = len(actions.add(pack=pack, choices=choices))
    answer = _answer(request, pack, added=added, count=added)
    hand_out(answer, ring.with_pack(pack.code, secret, count=added))
    return answer


def _filling_none(ring: KeyRing) -> KeyRing:
    """What was filled is not there any more, or not the visitor's."""
    return ring.counting("", 0)


@require_safe
@never_cache
def added(request: HttpRequest) -> HttpResponse:
    """What was put in, with the way back and the way to the pack."""
    number = request.GET.get("n", "")
    told = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
    ring = key_ring(request)
    return render(
        request,
        "packs/added.html",
        {"message": _message(told, ring.count), "code": ring.current, "count": ring.count, "back": _back(request.GET)},
    )


def _answer(request: HttpRequest, pack: Pack | None, *, added: int, count: int) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(
            {
                "added": added,
                "count": count,
                "message": _message(added, count),
                "url": reverse("packs:edit", args=[pack.code]) if pack else reverse("packs:mine"),
            }
        )
    told = urlencode({"n": added, "next": _back(request.POST)})
    return HttpResponseRedirect(f"{reverse('packs:added')}?{told}", status=303)


def _message(added: int, count: int) -> str:
    if added:
        return ngettext(
            "%(shown)s item was put into your reading pack.", "%(shown)s items were put into your reading pack.", added
        ) % {"shown": added}
    if count >= MOST_ITEMS:
        return _("Your reading pack is full.")
    return _("It is in your reading pack already, or is not open to everyone.")


def _is_ours(request: HttpRequest) -> bool:
    """Whether a form comes from a page of this portal, by what the browser says or by its token."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        said = urlsplit(origin)
        if said.scheme in {"http", "https"} and said.netloc:
            return said.netloc == request.get_host()
    except ValueError:
        return False
    # An old browser, or one that keeps the address to itself.
    return CsrfViewMiddleware(lambda _request: HttpResponse()).process_view(request, _checked, (), {}) is None


def _checked(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _asked(request: HttpRequest, form: QueryDict, problem: str, *, status: int) -> HttpResponse:
    """The question once more, with all that was asked for, what is wrong with it, and a token."""
    asked = wanted(form)
    part = read_choice(form.get("part", ""))
    works = open_works(choice.work for choice in (*asked.choices, *([part] if part else [])))
    items = [
        {"value": str(choice), "title": works[choice.work].page_for(get_language() or "en").title, "choice": choice}
        for choice in asked.choices
        if choice.work in works
    ]
    context = {
        "items": items,
        "part": part if part and part.work in works else None,
        "part_value": form.get("part", "")[:200],
        "part_title": works[part.work].page_for(get_language() or "en").title if part and part.work in works else "",
        "typed": {name: form.get(name, "")[:40] for name in ("pages", "from", "to")},
        "problem": problem if request.method == "POST" or not items else "",
        "back": _back(form),
    }
    return render(request, "packs/add.html", context, status=status)


def _back(form: QueryDict) -> str:
    """The page that the visitor came from, if it is one of ours."""
    given = form.get("next", "")[:2000]
    if given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None):
        return given
    return reverse("search")
