"""What of a record the formats ask for, each in its own way."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resources.interop.citations.cleaning import one_line, web_address
from resources.interop.record import Record

VIDEO = "video"
# A publication is a report like any other: the manuals name a kind only where it tells something.
GENRES: Mapping[str, str | Promise] = {
    "fact-sheet": _("fact sheet"),
    "good-practice": _("good practice"),
    "study-visit-report": _("study-visit report"),
    VIDEO: _("video"),
}
_PAGES = re.compile(r"[^\d:]*(\d{1,6})(?:\s*[-–—]\s*(\d{1,6}))?[^\d:]*")


def genre_of(record: Record) -> str:
    """The kind of work in the language in force, with a capital where the script has one; "" where none
    is named."""
    words = str(GENRES.get(record.type, ""))
    return words[:1].upper() + words[1:]


def title_of(record: Record) -> str:
    """Its title in one line; a work without one is called by its kind in brackets, as the manuals have it."""
    return one_line(record.title) or f"[{genre_of(record) or one_line(record.identifier) or record.language}]"


def address_of(record: Record) -> str:
    """Where it is read: here, by the address that stays, else where it was first published; "" if none is an
    address.
    """
    return web_address(record.permanent) or web_address(record.url) or web_address(record.source_url)


def pages_of(part: str) -> tuple[int, int] | None:
    """The first and the last page that a part's words name in any language: 'pages 3–7', 'page 3', 'หน้า 3–7'.

    None for anything else, such as a span of time.
    """
    match = _PAGES.fullmatch(one_line(part))
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if first <= last else None
