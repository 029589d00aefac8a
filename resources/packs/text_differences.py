"""Where two texts differ, word by word, also where no spaces part words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from search.analysis import word_places

_SPACE = re.compile(r"\s+")
_MOST_PAIRS = 4_000_000
"""Pairs of words looked at by one `Comparing`; what is left then is told as put in place of one another."""


class Mark(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text. The kept and removed ones together are the text before, the kept and added ones that after."""

    text: str
    mark: Mark

    @property
    def differs(self) -> bool:
        return self.mark is not Mark.KEPT


Pieces = tuple[Piece, ...]


def two_sides(before: str, after: str, comparing: Comparing | None = None) -> tuple[Pieces, Pieces]:
    """Both texts in pieces. The pieces of a text put together are the text; those that do not differ are the same in
    both. Where several pairs are compared at once, one `comparing` for all bounds what that takes.
    """
    pieces = (comparing or Comparing()).pieces(before, after)
    return (
        tuple(piece for piece in pieces if piece.mark is not Mark.ADDED),
        tuple(piece for piece in pieces if piece.mark is not Mark.REMOVED),
    )


class Comparing:
    """Compares texts as long as that takes a moment: what people wrote may be made to take long."""

    def __init__(self) -> None:
        self._left = _MOST_PAIRS

    def pieces(self, before: str, after: str) -> Pieces:
        """Both texts in one: what was kept, removed and added, in order."""
        return tuple(_joined(self._pieces(cut(before), cut(after))))

    def _pieces(self, old: list[str], new: list[str]) -> Iterator[Piece]:
        start = 0
        while start < min(len(old), len(new)) and old[start] == new[start]:
            start += 1
        end = 0
        while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
            end += 1
        middle, other = old[start : len(old) - end], new[start : len(new) - end]
        yield Piece("".join(old[:start]), Mark.KEPT)
        self._left -= len(middle) * len(other)
        if self._left < 0:
            yield Piece("".join(middle), Mark.REMOVED)
            yield Piece("".join(other), Mark.ADDED)
        else:
            # Words that stand everywhere are no anchors in a long text (`autojunk`): who writes little else would hold
            # a processor for minutes.
            for what, a, b, c, d in SequenceMatcher(None, middle, other).get_opcodes():
                if what == "equal":
                    yield Piece("".join(middle[a:b]), Mark.KEPT)
                    continue
                yield Piece("".join(middle[a:b]), Mark.REMOVED)
                yield Piece("".join(other[c:d]), Mark.ADDED)
        yield Piece("".join(old[len(old) - end :]), Mark.KEPT)


def cut(text: str) -> list[str]:
    """A text cut at the borders of its words; joined, the cuts are the text."""
    borders = {0, len(text), *(border for place in word_places(text) for border in place)}
    # Between words a full stop is one thing and the space behind it another.
    borders |= {border for space in _SPACE.finditer(text) for border in space.span()}
    return [text[start:end] for start, end in pairwise(sorted(borders))]


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and last.mark is piece.mark:
            last = Piece(last.text + piece.text, last.mark)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
