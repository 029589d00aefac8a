"""A copy of one's own, from any edition."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from resources.packs import actions
from resources.packs.counting import count_visitor
from resources.packs.editions import shown
from resources.packs.keys import hand_out, key_ring
from resources.packs.models import Pack, PackUse
from resources.packs.views.public import of_public_pack, public_edition
from search.throttling import too_often_from

A_PLACE = 20
A_PROXY = 400
"""Copies an hour; a class copies its pack at once, and sits behind one address."""


@require_POST
@of_public_pack
def copy(request: HttpRequest, found: Pack, number: int) -> HttpResponseBase:
    """Make a pack that begins as this edition, put its key into the visitor's cookie, and let him go on with it."""
    edition = public_edition(found, number)
    if too_often_from("packs.copy", request.META.get("REMOTE_ADDR", ""), a_place=A_PLACE, a_proxy=A_PROXY):
        return _too_often(request, edition.number, found)
    content = shown(edition, get_language() or "en", with_passages=False)
    copied, secret = actions.copy(edition=edition, content=content, language=content.language)
    count_visitor(request, found, PackUse.COPIED)
    response = HttpResponseRedirect(_editing(copied))
    hand_out(response, key_ring(request).with_pack(copied.code, secret, count=copied.items.count()))
    return response


def _too_often(request: HttpRequest, number: int, found: Pack) -> HttpResponse:
    back = reverse("packs:edition", args=[found.code, number])
    response = render(request, "packs/too_often.html", {"back": back}, status=429)
    response["Retry-After"] = "3600"
    return response


def _editing(pack: Pack) -> str:
    try:
        return reverse("packs:edit", args=[pack.code])
    except NoReverseMatch:
        return reverse("packs:gallery")
