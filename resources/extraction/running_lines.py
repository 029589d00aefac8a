"""Running heads and feet: what a document repeats at the edge of its pages is said once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

EDGE = 2
"""Lines at the top and at the bottom of a page that may be running ones."""

LONGEST = 250
_NUMBER = re.compile(r"\d+")


def say_once(pages: Sequence[str]) -> list[str]:
    """Return the pages without the running lines of all but the first page that has them.

    A line is a running one when at least half of the pages, and two at least, have it at the same edge, numbers
    aside. Left in,
    it would make every page look alike to a search and fill the snippets. A page that has nothing else keeps its lines.
    """
    split = [page.split("\n") for page in pages]
    counts: Counter[tuple[str, str]] = Counter()
    for lines in split:
        counts.update(set(_edges(lines).values()))
    enough = max(2, -(-len(pages) // 2))
    running = {edge for edge, count in counts.items() if count >= enough}
    if not running:
        return list(pages)
    seen: set[tuple[str, str]] = set()
    kept: list[str] = []
    for page, lines in zip(pages, split, strict=True):
        edges = _edges(lines)
        repeated = {number for number, edge in edges.items() if edge in running and edge in seen}
        seen.update(edge for edge in edges.values() if edge in running)
        rest = "\n".join(line for number, line in enumerate(lines) if number not in repeated).strip()
        kept.append(rest or page)
    return kept


def _edges(lines: Sequence[str]) -> dict[int, tuple[str, str]]:
    """The lines at the edges by their number: at which edge, and what they say with every number made alike."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    # A short page's middle is no edge.
    most = min(EDGE, max(0, (len(written) - 1) // 2))
    top = {number: ("top", _alike(lines[number])) for number in written[:most]}
    bottom = {number: ("bottom", _alike(lines[number])) for number in written[len(written) - most :]}
    return {number: edge for number, edge in (top | bottom).items() if 0 < len(edge[1]) <= LONGEST}


def _alike(line: str) -> str:
    return _NUMBER.sub("#", " ".join(line.split()))
