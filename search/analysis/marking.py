"""The best part of a text for a reader, as escaped HTML with what was found between <mark> and </mark>."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from functools import lru_cache
from html import escape

from icu4py.breakers import CharacterBreaker

from search.analysis.normalise import fold_word
from search.analysis.scripts import UNSPACED
from search.analysis.segment import cluster_places
from search.analysis.segment import words as word_places
from search.analysis.terms import word_forms

ELLIPSIS = "…"
_SEPARATOR = "\x1f"
_MARGIN = 40
_LEAD = 0.3
_SHORT = 600

Span = tuple[int, int, str]
"""Start, end, and what was found there: the same word or phrase again counts less than another one."""


def mark(
    readable_text: str,
    language: str,
    words: Collection[str],
    clusters: Collection[tuple[str, ...]],
    *,
    max_chars: int = 220,
) -> str:
    """Give the part of a readable text, at most about `max_chars` long, that holds most of what was sought.

    `words` are terms or plain forms, `clusters` phrases, both as `query_terms` gives them. The answer is escaped HTML
    whose only tags
    are <mark>; … stands where text was left out; no cut or tag falls inside a grapheme cluster. Where nothing is
    found, the text's
    beginning. Linear.
    """
    spans = _joined(readable_text, _found(readable_text, language, frozenset(words), clusters))
    start, end = _window(spans, len(readable_text), max_chars)
    if end - start < len(readable_text):
        start, end = _at_words(readable_text, _places(readable_text), spans, start, end, max_chars)
    return _html(readable_text, spans, start, end)


def _places(text: str) -> list[tuple[int, int]]:
    return _remembered_places(text) if len(text) <= _SHORT else word_places(text)


@lru_cache(maxsize=2048)
def _remembered_places(text: str) -> list[tuple[int, int]]:
    """The places of the words of a title, a summary or a passage: the same few are shown again and again."""
    return word_places(text)


class _Sought(dict[str, str]):
    """Words of texts, each with its term if that is sought, else "": the words of a page are told once each."""

    def __init__(self, words: frozenset[str], language: str) -> None:
        super().__init__()
        self._words = words
        self._language = language

    def __missing__(self, word: str) -> str:
        forms = word_forms(word, self._language)
        self[word] = term = forms.term if forms.term in self._words or forms.plain in self._words else ""
        return term


_sought = lru_cache(maxsize=32)(_Sought)


def _found(text: str, language: str, words: frozenset[str], phrases: Collection[tuple[str, ...]]) -> list[Span]:
    spans: list[Span] = []
    if UNSPACED.search(text):
        # Most texts don't hold the run at all, nor most of the words: that is told much faster than where they stand.
        letters = "".join(fold_word(text).split())
        may_hold = any(word in letters or not UNSPACED.match(word) for word in words)
        phrases = [phrase for phrase in phrases if "".join(phrase) in letters]
    else:
        may_hold = not all(map(UNSPACED.match, words))
        phrases = ()
    if may_hold:
        sought = _sought(words, language)
        spans = [(start, end, term) for start, end in _places(text) if (term := sought[text[start:end]])]
    if phrases:
        spans.extend(_phrase_spans(text, phrases))
    return sorted(spans)


def _phrase_spans(text: str, phrases: Collection[tuple[str, ...]]) -> list[Span]:
    clusters = list(cluster_places(text))
    starts: list[int] = []
    length = 0
    for cluster, _, _ in clusters:
        starts.append(length)
        length += len(cluster) + 1
    stream = _SEPARATOR + "".join([cluster + _SEPARATOR for cluster, _, _ in clusters])
    spans: list[Span] = []
    for phrase in phrases:
        sought = _SEPARATOR + _SEPARATOR.join(phrase) + _SEPARATOR
        at = stream.find(sought) if phrase else -1
        while at >= 0:
            first = bisect_left(starts, at)
            spans.append((clusters[first][1], clusters[first + len(phrase) - 1][2], "".join(phrase)))
            at = stream.find(sought, at + len(sought) - 1)
    return spans


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Make spans that overlap, or that touch in a script without spaces, one."""
    joined: list[Span] = []
    for start, end, what in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), joined[-1][2])
        else:
            joined.append((start, end, what))
    return joined


def _window(spans: list[Span], length: int, most: int) -> tuple[int, int]:
    """Choose the stretch of at most `most` characters with the greatest worth: a new thing found counts 4, one
    again 1.
    """
    if length <= most:
        return 0, length
    if not spans:
        return 0, most
    counts: dict[str, int] = {}
    worth = best = 0
    best_first = best_last = first = 0
    for last, (_, end, what) in enumerate(spans):
        counts[what] = counts.get(what, 0) + 1
        worth += 4 if counts[what] == 1 else 1
        while first < last and end - spans[first][0] > most:
            left = spans[first][2]
            counts[left] -= 1
            worth -= 4 if counts[left] == 0 else 1
            first += 1
        if worth > best:
            best, best_first, best_last = worth, first, last
    found_start, found_end = spans[best_first][0], min(spans[best_last][1], spans[best_first][0] + most)
    start = max(0, found_start - int((most - (found_end - found_start)) * _LEAD))
    end = min(length, start + most)
    return max(0, end - most), end


def _at_words(
    text: str, places: list[tuple[int, int]], spans: list[Span], start: int, end: int, most: int
) -> tuple[int, int]:
    """Move the ends of a stretch to words' ends, else to the ends of grapheme clusters."""
    if start > 0:
        after = bisect_left(places, (start, 0))
        if after < len(places) and places[after][0] < min(end, start + most // 2):
            start = places[after][0]
        start = _cluster_border(text, start)
    if end < len(text):
        before = bisect_right(places, (end, len(text))) - 1
        while before >= 0 and places[before][1] > end:
            before -= 1
        if before >= 0 and places[before][1] > max(start, end - most // 2):
            end = places[before][1]
        end = _cluster_border(text, end)
    return start, max(start, end)


# Letters before which a grapheme cluster ends, unless a joiner stands there; of others, only ICU knows.
_LETTER = re.compile(
    "[\\x20-\u02ff\u0e01-\u0e30\u0e32\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0ebd-\u0ec6\u1000-\u102a\u1780-\u17b3\u1e00-\u1eff"
    "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff]"
)
_JOINERS = "\u17d2\u1039\u200c\u200d"


def _is_border(text: str, place: int) -> bool:
    """Whether a grapheme cluster surely ends before `place`; False where only ICU can tell."""
    if not 0 < place < len(text):
        return True
    return text[place - 1] not in _JOINERS and _LETTER.match(text, place) is not None


def _cluster_border(text: str, place: int) -> int:
    """Give the nearest border of a grapheme cluster at or after `place`."""
    if _is_border(text, place):
        return place
    base = max(0, place - _MARGIN)
    piece = text[base : place + _MARGIN]
    return base + next((border for border in _borders(piece) if base + border >= place), len(piece))


def _cluster_start(text: str, place: int) -> int:
    """Give the nearest border of a grapheme cluster at or before `place`."""
    if _is_border(text, place):
        return place
    base = max(0, place - _MARGIN)
    piece = text[base : place + _MARGIN]
    return base + next((border for border in reversed(_borders(piece)) if base + border <= place), 0)


def _borders(text: str) -> list[int]:
    borders = [0]
    for cluster in CharacterBreaker(text, "en"):
        borders.append(borders[-1] + len(cluster))
    return borders


def _html(text: str, spans: list[Span], start: int, end: int) -> str:
    parts: list[str] = [ELLIPSIS] if start > 0 else []
    at = start
    for span_start, span_end, _ in spans:
        if span_end <= at or span_start >= end:
            continue
        # A mark takes whole grapheme clusters.
        opening = max(at, _cluster_start(text, span_start))
        closing = min(end, _cluster_border(text, span_end))
        if closing <= opening:
            continue
        parts += (escape(text[at:opening]), "<mark>", escape(text[opening:closing]), "</mark>")
        at = closing
    parts.append(escape(text[at:end]))
    if end < len(text):
        parts.append(ELLIPSIS)
    return "".join(parts).replace("</mark><mark>", "")
