"""Long texts in parts short enough to be read, and marked, at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 360
"""Characters of a part at most."""
_SHORTEST = 140

# From the best place to part a text to the worst: paragraphs, sentences in eleven languages, clauses, any space.
_BORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\n\s*\n",
        r"(?<=[.!?])\s+|(?<=[。！？။។៕])\s*|\n(?=[•\-–\d])",
        r"(?<=[,;:])\s+|(?<=[，；：、၊])|\n",
        r"\s+",
    )
)


def chunks(text: str) -> Iterator[str]:
    """The text in parts of at most `LONGEST` characters, parted where a reader would; no part is empty. Linear."""
    start, length = 0, len(text)
    while start < length:
        end = length if length - start <= LONGEST else _border(text, start)
        part = text[start:end].strip()
        if part:
            yield part
        start = end


def _border(text: str, start: int) -> int:
    low, high = start + _SHORTEST, start + LONGEST
    for border in _BORDERS:
        places = [found.end() for found in border.finditer(text, low, high)]
        if places:
            return places[-1]
    return high
