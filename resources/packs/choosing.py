"""What somebody wants to put into a pack, as addresses and forms say it, checked against what there is to have."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from resources.packs.content import ItemKind
from resources.packs.open_works import OpenWork

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d{1,3})?)|(\d{1,6}(?:\.\d{1,3})?)")
_PAGES = re.compile(r"(\d{1,5})(?:\s*[-–—‑~]\s*(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """A work, pages of one of its documents, or a span of its video in seconds."""

    work: UUID
    kind: ItemKind = ItemKind.WORK
    document: int | None = None
    first_page: int | None = None
    last_page: int | None = None
    start: float | None = None
    end: float | None = None

    def __str__(self) -> str:
        """The form that `read_choice` reads: `w:<work>`, `p:<work>:<document>:3-7`, `v:<work>:<document>:130-275`."""
        if self.kind is ItemKind.PAGES:
            return f"p:{self.work}:{self.document}:{self.first_page}-{self.last_page}"
        if self.kind is ItemKind.SPAN:
            return f"v:{self.work}:{self.document}:{self.start or 0:g}-{self.end or 0:g}"
        return f"w:{self.work}"


def read_choice(text: str) -> Choice | None:
    """The choice that a form or an address says, or None if it says none."""
    kind, _, rest = text[:200].partition(":")
    name, _, rest = rest.partition(":")
    try:
        work = UUID(name)
    except ValueError:
        return None
    if kind == "w" and not rest:
        return Choice(work)
    number, _, span = rest.partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        return None
    if kind == "p" and (pages := read_pages(span)):
        return Choice(work, ItemKind.PAGES, int(number), *pages)
    first, _, last = span.partition("-")
    start, end = read_clock(first), read_clock(last)
    if kind == "v" and start is not None and end is not None:
        return Choice(work, ItemKind.SPAN, int(number), start=start, end=end)
    return None


def read_pages(text: str) -> tuple[int, int] | None:
    """'3–7' or '3' in any digits as (first, last), the smaller first; None for anything else."""
    found = _PAGES.fullmatch(_plain(text))
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return (min(first, last), max(first, last)) if min(first, last) > 0 else None


def read_clock(text: str) -> float | None:
    """'2:10', '1:02:10' or '130' in any digits as seconds; None for anything else."""
    found = _CLOCK.fullmatch(_plain(text))
    if found is None:
        return None
    if found[4]:
        return float(found[4])
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3])


def fitted(choice: Choice, works: Mapping[UUID, OpenWork]) -> Choice | None:
    """The choice as far as there is something to have: pages that the document has, seconds that the video has. None if
    the work isn't open to everyone or has no such file.
    """
    work = works.get(choice.work)
    if work is None:
        return None
    if choice.kind is ItemKind.WORK:
        return Choice(choice.work)
    file = work.file_of(choice.document)
    if file is None:
        return None
    if choice.kind is ItemKind.PAGES and file.document.is_pdf:
        most = file.document.pages or 0
        first, last = choice.first_page or 1, min(choice.last_page or most, most)
        return Choice(choice.work, choice.kind, choice.document, first, last) if first <= last else None
    if choice.kind is ItemKind.SPAN and file.document.is_video:
        most_seconds = file.document.duration or math.inf
        start, end = choice.start or 0.0, min(choice.end or most_seconds, most_seconds)
        if start < end < math.inf:
            return Choice(choice.work, choice.kind, choice.document, start=start, end=end)
    return None


def _plain(text: str) -> str:
    """ASCII digits in place of Thai, Khmer, Lao, Burmese and other ones."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text.strip()[:40]
    )
