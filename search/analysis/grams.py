"""Pieces of words: they find a word's relatives, compounds and misspellings, and lift a text that has them in the
ranking.
"""

from __future__ import annotations

from search.analysis.scripts import script_of
from search.analysis.segment import GAP

_LATIN = 4
_UNSPACED = 3
_HAN = 2


def word_grams(word: str) -> str:
    """Give the pieces of four letters of a folded word, its ends marked by "_", joined by spaces."""
    padded = f"_{word}_"
    return " ".join([padded[at : at + _LATIN] for at in range(max(1, len(padded) - _LATIN + 1))])


def cluster_grams(clusters: list[str]) -> list[str]:
    """Give the pieces of three neighbouring grapheme clusters (two in Chinese); none crosses a gap."""
    size = _HAN if script_of(clusters[0][0]) == "Hans" else _UNSPACED
    neighbours = zip(*(clusters[at:] for at in range(size)), strict=False)
    return ["".join(piece) for piece in neighbours if GAP not in piece]
