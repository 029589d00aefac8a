"""What pages offer to put into a reading pack, and the way to the pack that the visitor is filling."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import template
from django.urls import reverse

from resources.packs.choosing import Choice
from resources.packs.content import ItemKind
from resources.packs.keys import key_ring
from search.types import MarkedPassage

register = template.Library()

_CUE_SECONDS = 30.0
"""How much of a film is added from a place found in it; it can be changed in the pack."""


@register.filter
def collectable(work: str) -> str:
    """What a form says to put a work into a pack; "" for what is no work, such as a pack."""
    key = _key(work)
    return str(Choice(key)) if key else ""


@register.simple_tag
def collectable_passage(passage: MarkedPassage, work: str) -> str:
    """What a form says to put the page of a passage into a pack, or the seconds that begin with it; "" for a passage of
    no file, and of one that has no place to open at, such as a slide: packs take pages of PDFs.
    """
    key = _key(work)
    if key is None or not passage.file.isdecimal():
        return ""
    if passage.page is not None and "#page=" in passage.url:
        return str(Choice(key, ItemKind.PAGES, int(passage.file), passage.page, passage.page))
    if passage.start is not None:
        return str(Choice(key, ItemKind.SPAN, int(passage.file), start=passage.start, end=passage.start + _CUE_SECONDS))
    return ""


@register.simple_tag
def collectable_part(work: str, document: int, kind: str) -> str:
    """What a form says beside which pages of a document ("pages") or times of a video ("span") are typed."""
    key = UUID(str(work))
    if ItemKind(kind) is ItemKind.PAGES:
        return str(Choice(key, ItemKind.PAGES, document, 1, 1))
    return str(Choice(key, ItemKind.SPAN, document, start=0.0, end=1.0))


@dataclass(frozen=True, slots=True)
class PackLink:
    url: str
    count: int


@register.simple_tag(takes_context=True)
def filled_pack(context: template.Context) -> PackLink | None:
    """The pack that the visitor is filling, from the cookie: the database is asked nothing."""
    ring = key_ring(context["request"])
    return PackLink(reverse("packs:edit", args=[ring.current]), ring.count) if ring.current else None


def _key(work: str) -> UUID | None:
    try:
        return UUID(str(work))
    except ValueError:
        return None
