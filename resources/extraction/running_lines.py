"""Running heads and feet: what a document repeats at the edge of its pages is not what its pages tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

EDGE = 2
"""Lines at the top and at the bottom of a page that may be running ones."""

SURE = 3
"""A line on so many pages is a running one, whether anything else says it or not."""

LONGEST = 250
_NUMBER = re.compile(r"\d+")


def without_running_lines(pages: Sequence[str]) -> list[str]:
    """Return the pages without their running lines.

    A line is a running one when at least half of the pages, and two at least, have it at the same edge, numbers
    aside. Left in, it would make every page look alike to a search and stand in the middle of what a reader is shown.
    One that only two pages have, with words that stand nowhere else, may be a heading that came twice: the first of
    them keeps it. A page that has nothing else keeps its lines.
    """
    split = [page.split("\n") for page in pages]
    counts: Counter[tuple[str, str]] = Counter()
    for lines in split:
        counts.update(set(_edges(lines).values()))
    enough = max(2, -(-len(pages) // 2))
    running = {edge for edge, count in counts.items() if count >= enough}
    if not running:
        return list(pages)
    rare = {edge for edge in running if counts[edge] < SURE}
    said = _said(split, running) if rare else ""
    # What is said with other numbers is said.
    once = {edge for edge in rare if not all(word in said for word in edge[1].casefold().replace("#", " ").split())}
    kept: list[str] = []
    for page, lines in zip(pages, split, strict=True):
        edges = {number: edge for number, edge in _edges(lines).items() if edge in running}
        gone = {number for number, edge in edges.items() if edge not in once}
        once.difference_update(edges.values())
        rest = "\n".join(line for number, line in enumerate(lines) if number not in gone).strip()
        kept.append(rest or page)
    return kept


def _said(split: Sequence[Sequence[str]], running: Container[tuple[str, str]]) -> str:
    """The letters of all lines that aren't running ones, in order, without spaces: a line may end within a word. Lines
    with a running line or a page's end between them say nothing together.
    """
    said: list[str] = []
    for lines in split:
        edges = _edges(lines)
        for number, line in enumerate(lines):
            said.append("\n" if edges.get(number) in running else "".join(_alike(line).split()).casefold())
        said.append("\n")
    return "".join(said)


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
