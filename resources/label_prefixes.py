"""Labels found by their beginnings: that of the whole, of a later word, or inside a run without spaces.

All beginnings stand sorted, so that what continues a few letters is a stretch of the list, found by halving.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from types import MappingProxyType
from unicodedata import category

from search.analysis import fold
from search.languages import LANGUAGE_CODES, LANGUAGES

Labels = Mapping[str, Mapping[str, Sequence[str]]]
"""Labels by language by concept, the preferred one of a language first."""

_UNSPACED = frozenset(language.code for language in LANGUAGES if language.script != "Latn")
_JOINERS = "\u17d2\u1039"
"""Khmer and Burmese signs that put the next letter below the one before."""
_LONGEST = 1 << 10
_REMEMBERED = 1024
_EXACT, _WHOLE, _WORD, _INSIDE = range(4)
_NO_WORKS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Completion:
    """A concept, and the label of it that goes on as was typed."""

    concept: str
    label: str
    language: str


_Ranked = tuple[tuple[int, int], tuple[bool, str], Completion]
"""What ranks a completion before the works that there are, and after."""


@dataclass(frozen=True, slots=True)
class _Name:
    completion: Completion
    folded: str
    preferred: bool
    order: int


class LabelPrefixes:
    """The labels of a vocabulary. It is made once for them; asking it takes no longer however many they are, unless a
    single letter is asked for the first time.
    """

    def __init__(self, labels: Labels) -> None:
        self._names = [
            _Name(Completion(concept, label, language), _folded(label)[: _LONGEST - 1], not at, order)
            for concept, by_language in labels.items()
            for order, language in enumerate(LANGUAGE_CODES)
            for at, label in enumerate(by_language.get(language, ()))
        ]
        # A place is the number of a name and a place in it, as one number: there are very many of them.
        places = [
            number * _LONGEST + place
            for number, name in enumerate(self._names)
            for place in _beginnings(name.folded, unspaced=name.completion.language in _UNSPACED)
        ]
        self._places = sorted(places, key=self._rest)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._found)

    def completions(self, text: str, ui: str, most: int, works: Mapping[str, int] = _NO_WORKS) -> Sequence[Completion]:
        """At most `most` concepts, each by one label that goes on as `text`: in `ui` if one of its labels does.

        A label that is just that comes first, then those that begin so, then those of which a later word does; of these
        the reader's own, then English ones; of these the concepts with the most `works`; preferred labels before
        others.
        """
        wanted = " ".join(fold(text[:_LONGEST]).split())
        found = self._remembered(wanted, ui) if wanted else ()
        best = nsmallest(most, found, key=lambda each: (*each[0], -works.get(each[2].concept, 0), *each[1]))
        return tuple(completion for *_ranks, completion in best)

    def _found(self, wanted: str, ui: str) -> tuple[_Ranked, ...]:
        length = len(wanted)

        def beginning(place: int) -> str:
            number, at = divmod(place, _LONGEST)
            return self._names[number].folded[at : at + length]

        first = bisect_left(self._places, wanted, key=beginning)
        last = bisect_right(self._places, wanted, lo=first, key=beginning)
        best: dict[str, tuple[tuple[bool, int, bool, int], _Name]] = {}
        for place in self._places[first:last]:
            number, at = divmod(place, _LONGEST)
            name = self._names[number]
            shown = name.completion
            kind = _EXACT if name.folded == wanted else _kind(name.folded, at)
            rank = (shown.language != ui, kind, not name.preferred, name.order)
            if shown.concept not in best or rank < best[shown.concept][0]:
                best[shown.concept] = (rank, name)
        return tuple(
            (
                (kind, foreign + (foreign and name.completion.language != "en")),
                (other, name.folded),
                name.completion,
            )
            for (foreign, kind, other, _order), name in best.values()
        )

    def _rest(self, place: int) -> str:
        number, at = divmod(place, _LONGEST)
        return self._names[number].folded[at:]


@lru_cache(maxsize=50_000)
def _folded(label: str) -> str:
    """Remembered, since of thousands of labels an editor changes one."""
    return " ".join(fold(label).split())


def _beginnings(folded: str, *, unspaced: bool) -> Iterator[int]:
    """The places at which somebody may begin to type a part of a label."""
    for place, character in enumerate(folded):
        before = folded[place - 1] if place else " "
        if not character.isalnum():
            continue
        if (
            not place
            or not (before.isalnum() or category(before).startswith("M"))
            or (unspaced and category(character) == "Lo" and before not in _JOINERS)
        ):
            yield place


def _kind(folded: str, place: int) -> int:
    if not place:
        return _WHOLE
    return _INSIDE if folded[place - 1].isalnum() or category(folded[place - 1]).startswith("M") else _WORD
