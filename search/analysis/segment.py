"""Words and grapheme clusters of readable text, with their places.

ICU's WordBreaker finds words in scripts that need a dictionary; words of Latin letters and numbers need only a
pattern, which is faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from icu4py.breakers import WordBreaker

from search.analysis.normalise import fold_word
from search.analysis.scripts import DIGIT_CLASS, HAN_CLASS, LATIN_CLASS, MARK_CLASS, UNSPACED, UNSPACED_CLASS
from search.analysis.traditional import simplified

_LATIN_WORD = (
    f"[{LATIN_CLASS}{DIGIT_CLASS}][{LATIN_CLASS}{DIGIT_CLASS}{MARK_CLASS}]*"
    f"(?:['’ʼ‘][{LATIN_CLASS}][{LATIN_CLASS}{MARK_CLASS}]*)*"
)
_NUMBER = f"[{DIGIT_CLASS}]+(?:[.,][{DIGIT_CLASS}]+)+(?![{LATIN_CLASS}])"
_OTHER_START = (
    "[^\\s\x00-\u036f\u1d00-\u1dff\u1e00-\u1eff\u2000-\u206f\u2c60-\u2c7f"
    "\u3000-\u3004\u3008-\u3020\uff01-\uff20\uff3b-\uff40\uff5b-\uff65]"
)
_OTHER = f"{_OTHER_START}[^{LATIN_CLASS}{DIGIT_CLASS}]*"
_LATIN_WORDS = re.compile(f"{_NUMBER}|{_LATIN_WORD}")
_PIECES = re.compile(f"({_NUMBER}|{_LATIN_WORD})|{_OTHER}")
_NEEDS_DICTIONARY = re.compile(_OTHER_START)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
ALPHANUMERIC = re.compile(r"[^\W_]")


def words(text: str) -> list[tuple[int, int]]:
    """Give the places of all words and numbers of readable `text`, in order; what stands between is space, signs
    and marks.
    """
    if not _NEEDS_DICTIONARY.search(text):
        return [word.span() for word in _LATIN_WORDS.finditer(text)]
    found: list[tuple[int, int]] = []
    for piece in _PIECES.finditer(text):
        if piece.lastindex:
            found.append(piece.span())
        else:
            found += _dictionary_words(piece[0], piece.start())
    return found


def pieces(text: str) -> list[str]:
    """Give the words of `words` themselves, with other pieces of scripts that need a dictionary, signs and spaces,
    between them: the quick way to index a text.
    """
    if not _NEEDS_DICTIONARY.search(text):
        return _LATIN_WORDS.findall(text)
    found: list[str] = []
    for piece in _PIECES.finditer(text):
        if piece.lastindex:
            found.append(piece[0])
        elif _ASTRAL.search(piece[0]):
            found += [piece[0][start:end] for start, end in _dictionary_words(piece[0], 0)]
        else:
            found += WordBreaker(simplified(piece[0]), "en")
    return found


def _dictionary_words(run: str, offset: int) -> list[tuple[int, int]]:
    # ICU counts UTF-16 units: one stand-in for each character beyond them keeps its count equal to ours.
    units = _ASTRAL.sub(_stand_in, simplified(run))
    segments = WordBreaker(units, "en").segments()
    return [(offset + start, offset + end) for start, end in segments if _HOLDS_LETTER[run[start:end]]]


class _HoldsLetter(dict[str, bool]):
    """Whether pieces hold a letter or digit, remembered; no function is called for one that is known."""

    _MOST = 50_000

    def __missing__(self, piece: str) -> bool:
        if len(self) >= self._MOST:
            self.clear()
        self[piece] = holds = ALPHANUMERIC.search(piece) is not None
        return holds


_HOLDS_LETTER = _HoldsLetter()


def _stand_in(found: re.Match[str]) -> str:
    if not found[0].isalnum():
        return "\ufffc"
    return "\u3400" if "\U00020000" <= found[0] <= "\U000323af" else "x"


# Extended grapheme clusters (UAX 29) of the scripts without spaces.
_MYANMAR_BASE = (
    "\u1000-\u102c\u1038\u103f\u1050-\u1055\u105a-\u105d\u1061-\u1070\u1075-\u1081\u1083\u1087-\u108c\u108e\u108f"
    "\u109a-\u109c\u109e\u109f\uaa60-\uaa7b\uaa7d-\uaa7f\ua9e0-\ua9e4\ua9e6-\ua9ef"
)
_MYANMAR_MARK = (
    "\u102d-\u1037\u1039-\u103e\u1056-\u1059\u105e-\u1060\u1071-\u1074\u1082\u1084-\u1086\u108d\u109d\uaa7c\ua9e5"
)
_CLUSTER = (
    "[\u0e01-\u0e30\u0e32\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0ebd-\u0ec6\u0edc-\u0edf]"
    "[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ece]*"
    "|[\u1780-\u17b3\u17d7\u17dc](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d3\u17dd])*"
    f"|[{_MYANMAR_BASE}](?:\u1039[{_MYANMAR_BASE}]|[{_MYANMAR_MARK}])*"
    f"|[\u3005\u3007\u3041-\u3096\u30a1-\u30fe\uff66-\uff9d{HAN_CLASS}][\u3099\u309a\uff9e\uff9f]*"
)
_CLUSTERS_AND_GAPS = re.compile(f"({_CLUSTER})|[{LATIN_CLASS}{DIGIT_CLASS}]+|[^\\s\\w\"'“”‘’()\\[\\]（）「」-]|[^\\W_]")
_RUN = re.compile(f"[{UNSPACED_CLASS}](?:[{UNSPACED_CLASS}]|[ \t](?=[{UNSPACED_CLASS}]))*")

GAP = "."
"""Stands between clusters where a comma, a Latin word or a number parts them, so that no phrase runs across."""


def cluster_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Give (folded cluster, start, end) of the scripts without spaces in readable `text`, in order, with a GAP
    between parted runs.
    """
    if not UNSPACED.search(text):
        return
    parted = True
    for found in _CLUSTERS_AND_GAPS.finditer(text):
        if found.lastindex:
            parted = False
            yield _FOLDED[found[0]], found.start(), found.end()
        elif not parted:
            parted = True
            yield GAP, found.start(), found.end()


def stored_clusters(text: str) -> list[str]:
    """Give the folded clusters of `cluster_places`, gaps included, without their places: the quick way to index a
    text.
    """
    if not UNSPACED.search(text):
        return []
    found = list(map(_FOLDED.__getitem__, _CLUSTERS_AND_GAPS.findall(text)))
    if GAP not in found:
        return found
    return [cluster for cluster, before in zip(found, [GAP, *found], strict=False) if cluster != GAP or before != GAP]


class _Folded(dict[str, str]):
    """Clusters as `fold_word` gives them, remembered; no function is called for one that is known."""

    _MOST = 20_000

    def __missing__(self, cluster: str) -> str:
        if len(self) >= self._MOST:
            self.clear()
        self[cluster] = folded = fold_word(cluster) if cluster else GAP
        return folded


_FOLDED = _Folded()


def cluster_runs(text: str) -> list[tuple[str, ...]]:
    """Give the clusters of `text` as one tuple a run: spaces do not end a run, all else does."""
    runs: list[list[str]] = [[]]
    for cluster, _, _ in cluster_places(text):
        if cluster == GAP:
            runs.append([])
        else:
            runs[-1].append(cluster)
    return [tuple(run) for run in runs if run]
