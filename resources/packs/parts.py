"""Which part of a work an item is, in words: the same on pages, in citations and in all that is carried away."""

from __future__ import annotations

import math

from django.utils.translation import gettext

from resources.packs.clock import clock
from resources.packs.content import PackItem
from resources.places import number


def part_of(item: PackItem, language: str) -> str:
    """'pages 3–7', '02:10–04:35'; "" for the whole. In the language in force, which `language` names."""
    seconds, video = item.seconds, item.video
    if seconds and math.isinf(seconds[1]) and video and (video.duration or 0) > seconds[0]:
        seconds = (seconds[0], video.duration or 0)
    return part_in_words(item.page_range, seconds, language)


def part_in_words(pages: tuple[int, int] | None, seconds: tuple[float, float] | None, language: str) -> str:
    """As `part_of`: the first and the last page, or from where to where of a video; an end may be infinite."""
    if pages:
        first, last = (number(page, language) for page in pages)
        if first == last:
            return gettext("page %(page)s") % {"page": first}
        return gettext("pages %(first)s–%(last)s") % {"first": first, "last": last}
    if seconds:
        start, end = seconds
        if math.isinf(end):
            return gettext("From %(start)s to the end") % {"start": clock(start)}
        return f"{clock(start)}–{clock(end)}"
    return ""
