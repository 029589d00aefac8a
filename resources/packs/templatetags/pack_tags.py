"""What pages say of packs: how long one takes, and which hold a work."""

from __future__ import annotations

from django import template

from resources import places
from resources.models import ResourcePage
from resources.packs.using import Used, packs_using

register = template.Library()


@register.filter
def time_needed(minutes: int) -> str:
    """Minutes as the interface's language says them."""
    return places.time_needed(minutes)


@register.simple_tag
def used_in_packs(page: ResourcePage) -> Used:
    """The public packs that hold the work of a page."""
    return packs_using(page.translation_key)
