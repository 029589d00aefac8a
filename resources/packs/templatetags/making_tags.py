"""Lengths, times and targets as each language writes them, for those who make packs."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from resources.packs.clock import exact_clock
from resources.places import short_minutes

register = template.Library()

register.filter("clock", exact_clock)


@register.filter
def minutes(value: int) -> str:
    """A length of time: '84 min'."""
    return short_minutes(value)


@register.simple_tag
def minutes_pattern(count: int) -> str:
    """How a length of `count` minutes is written, as a pattern that a script fills: '%(length)s mins'."""
    return minutes(count).replace(str(count), "%(length)s")


@register.simple_tag
def against_target(total: int, target: int | None) -> str:
    """How a length compares with the one that was wanted; nothing where none was."""
    if not target:
        return ""
    if total == target:
        return gettext("Exactly the target")
    if total > target:
        return gettext("%(length)s over the target") % {"length": minutes(total - target)}
    return gettext("%(length)s left to the target") % {"length": minutes(target - total)}
