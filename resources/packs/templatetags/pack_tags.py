"""What pages say of packs: how long one takes, which part of a work an item is, and which hold a work."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from resources import places
from resources.models import ResourcePage
from resources.packs.content import PackItem
from resources.packs.models import Item
from resources.packs.parts import part_in_words, part_of
from resources.packs.using import Used, packs_using

register = template.Library()


@register.filter
def time_needed(minutes: int) -> str:
    """Minutes as the interface's language says them."""
    return places.time_needed(minutes)


@register.simple_tag
def part(item: PackItem | Item) -> str:
    """Which part of a work an item is; "" for all of it."""
    language = get_language() or "en"
    if isinstance(item, PackItem):
        return part_of(item, language)
    pages = (item.first_page, item.last_page or item.first_page) if item.first_page else None
    seconds = (item.start or 0.0, item.end) if item.end else None
    return part_in_words(pages, seconds, language)


@register.simple_tag
def used_in_packs(page: ResourcePage) -> Used:
    """The public packs that hold the work of a page."""
    return packs_using(page.translation_key)
