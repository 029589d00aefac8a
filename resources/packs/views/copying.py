"""A copy of one's own, from any edition."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from resources.packs import actions
from resources.packs.counting import count_visitor
from resources.packs.editions import shown
from resources.packs.keys import hand_out, ring_with_room
from resources.packs.models import Pack, PackUse
from resources.packs.views.public import of_public_pack, public_edition
from resources.packs.views.refusing import no_room, too_often
from search.throttling import too_often_from

A_PLACE = 20
A_PROXY = 400
"""Copies an hour; a class copies its pack at once, and sits behind one address."""


@require_POST
@of_public_pack
def copy(request: HttpRequest, found: Pack, number: int) -> HttpResponseBase:
    """Make a pack that begins as this edition, put its key into the visitor's cookie, and go on with it."""
    edition = public_edition(found, number)
    back = reverse("packs:edition", args=[found.code, edition.number])
    if too_often_from("packs.copy", request.META.get("REMOTE_ADDR", ""), a_place=A_PLACE, a_proxy=A_PROXY):
        return too_often(request, "packs/too_often.html", back)
    ring = ring_with_room(request)
    if ring is None:
        return no_room(request, back)
    content = shown(edition, get_language() or "en", with_passages=False)
    copied, secret = actions.copy(edition=edition, content=content, language=content.language)
    count_visitor(request, found, PackUse.COPIED)
    response = HttpResponseRedirect(reverse("packs:edit", args=[copied.code]))
    hand_out(response, ring.with_pack(copied.code, secret, count=copied.items.count()))
    return response
