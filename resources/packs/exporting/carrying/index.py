"""The index of a carried pack: its texts place by place, and what of them holds which term.

`search-data.js` assigns one object to one global. Its parts:

* `places`: `[item, kind, language, text, number, file]`; `kind` is title, summary, note, questions, text, page or cue,
  `language` a place in `languages`, `number` the page or second, `file` a place among the item's files.
* `indexes[language]`: `terms`, and for each in `held` its postings, alternately the step from the last place to the
  next (counted among `places`, those of the language) and how often the place holds it; `lengths` in terms.
* `known.stems[language]`: `words` as written, folded, and their `terms`, where the two differ for some.
* `known.vocabulary[script]`: the `words` of a script without spaces as the portal parts them, `counts` of each, and
  `pairs` of neighbours, `[first, second, times, …]`: from them a browser tells the likeliest parting.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import nh3

from resources.packs.exporting.carrying.carried import CarriedItem
from resources.packs.exporting.carrying.markup import clean_body
from search.analysis import detect_language, readable
from search.analysis.for_browsers import Word, words_of
from search.languages import LANGUAGE_CODES
from search.weights import WEIGHTS

_BLOCK_ENDS = re.compile(r"</(?:h[2-4]|p|li|blockquote|tr|td|th|caption)>|<[bh]r>")


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a pack that can be found."""

    item: int
    kind: str
    language: str
    text: str
    number: float | None = None
    file: int | None = None


def places_of(at: int, carried: CarriedItem) -> Iterator[Place]:
    """All texts of an item; `at` is its place among the items that are carried."""
    item, own = carried.item, carried.language
    yield Place(at, "title", own, carried.text.title)
    yield Place(at, "summary", own, carried.text.summary)
    yield Place(at, "text", own, _without_tags(carried.text.body_html))
    # What the maker wrote is in whatever language it was written in.
    yield Place(at, "note", _language_of(item.note, own), item.note)
    asked = "\n".join(item.questions)
    yield Place(at, "questions", _language_of(asked, own), asked)
    for number, document in enumerate(carried.documents):
        for passage in item.chosen(document.file.passages):
            if passage.page is not None:
                yield Place(at, "page", document.file.language, passage.text, passage.page, number)
    for captions in carried.captions:
        for cue in item.chosen(captions.cues):
            yield Place(at, "cue", captions.language, cue.text, round(cue.start or 0, 3))


def indexed(places: Iterable[Place]) -> dict[str, Any]:
    """What a browser needs to search `places`, in JSON's types; `languages` are told as they are first met."""
    made = _Index()
    for place in places:
        made.add(place)
    return made.data()


def _without_tags(html: str) -> str:
    # A block ends a line, or its last word would run into the first of the next.
    return unescape(nh3.clean(_BLOCK_ENDS.sub("\n", clean_body(html)), tags=set())).strip()


def _language_of(text: str, default: str) -> str:
    return detect_language(text, default) if text.strip() else default


@dataclass(slots=True)
class _OfLanguage:
    places: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    postings: dict[str, list[int]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)

    def add(self, number: int, words: list[Word]) -> None:
        kept = [word.term for word in words if not word.stop] or [word.term for word in words]
        here = len(self.places)
        self.places.append(number)
        self.lengths.append(len(kept))
        for term, times in Counter(kept).items():
            # The first step is the first place itself.
            self.postings.setdefault(term, []).extend((here - self.last.get(term, 0), times))
            self.last[term] = here
        self.stems.update((word.folded, word.term) for word in words if "a" <= word.plain[0] <= "z")


@dataclass(slots=True)
class _OfScript:
    counts: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)


class _Index:
    def __init__(self) -> None:
        self._places: list[list[Any]] = []
        self._languages: dict[str, int] = {}
        self._of: dict[str, _OfLanguage] = {}
        self._scripts: dict[str, _OfScript] = {}

    def add(self, place: Place) -> None:
        text = readable(place.text).strip()
        language = place.language if place.language in LANGUAGE_CODES else detect_language(text)
        words = words_of(text, language)
        if not words:
            return
        self._of.setdefault(language, _OfLanguage()).add(len(self._places), words)
        known = self._languages.setdefault(language, len(self._languages))
        row = [place.item, place.kind, known, text, place.number, place.file]
        while row[-1] is None:
            row.pop()
        self._places.append(row)
        self._learn(words)

    def _learn(self, words: list[Word]) -> None:
        before: Word | None = None
        for word in words:
            if word.unspaced:
                known = self._scripts.setdefault(word.unspaced, _OfScript())
                known.counts[word.folded] += 1
                if before and word.joined and before.unspaced == word.unspaced:
                    known.pairs[before.folded, word.folded] += 1
            before = word

    def data(self) -> dict[str, Any]:
        return {
            "languages": list(self._languages),
            "places": self._places,
            "indexes": {
                language: {
                    "terms": list(each.postings),
                    "held": list(each.postings.values()),
                    "lengths": each.lengths,
                    "places": each.places,
                }
                for language, each in self._of.items()
            },
            "known": {
                "stems": {
                    language: {"words": list(each.stems), "terms": list(each.stems.values())}
                    for language, each in self._of.items()
                    if any(word != term for word, term in each.stems.items())
                },
                "vocabulary": {script: _vocabulary(each) for script, each in self._scripts.items()},
            },
            "weights": _weights(),
        }


def _vocabulary(of: _OfScript) -> dict[str, list[Any]]:
    number = {word: at for at, word in enumerate(of.counts)}
    pairs = [each for (first, second), times in of.pairs.items() for each in (number[first], number[second], times)]
    return {"words": list(of.counts), "counts": list(of.counts.values()), "pairs": pairs}


def _weights() -> dict[str, Any]:
    return {
        "kinds": {"title": WEIGHTS.title, "summary": WEIGHTS.summary},
        "plain": WEIGHTS.plain,
        "clusters": WEIGHTS.clusters,
        "tie": WEIGHTS.parts_tie,
        "minimum_share": WEIGHTS.minimum_share,
        "minimum_words": WEIGHTS.minimum_words,
        "all_words_up_to": WEIGHTS.all_words_up_to,
    }
