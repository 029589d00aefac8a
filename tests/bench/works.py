"""Works made for measuring: their words fall off in frequency as words do (Zipf), their facets spread as the
library's.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate

from search import concepts, registry
from search.registry import FacetDefinition, FacetOrder, SearchSource
from search.types import Passage, SearchDocument, Suggestion, WorkText
from tests.bench.words import WITHOUT_SPACES, WORDS

LANGUAGES = tuple(WORDS)
COUNTRIES = ("BN", "ID", "JP", "KH", "LA", "MM", "MN", "MY", "PH", "SG", "TH", "TL", "VN")
THEMES = tuple(f"theme-{number}" for number in range(40))
TYPES = ("fact-sheet", "video", "study-visit-report", "good-practice", "publication")
AUDIENCES = ("officials", "trainers", "employers", "workers")
FORMATS = ("pdf", "video", "page")
PAGE = 30
"""Words of a page."""
RARE = 4000
"""Rare words of a language beside the common ones."""


class Vocabulary:
    """The words of a language, the common ones first."""

    def __init__(self, language: str) -> None:
        common = list(WORDS[language])
        dice = random.Random(f"words {language}")
        if language in WITHOUT_SPACES:
            rare = ["".join(dice.sample(common, 2)) for _ in range(RARE)]
        else:
            rare = [dice.choice(common)[:3] + dice.choice(common)[1:5] + dice.choice("aeiou") for _ in range(RARE)]
        dice.shuffle(common)
        self._words = [*common, *rare]
        self._sums = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        self._joint = "" if language in WITHOUT_SPACES else " "

    def text(self, dice: random.Random, words: int) -> str:
        """So many words; a sentence ends after every twelfth."""
        found = [self._words[bisect(self._sums, dice.random() * self._sums[-1])] for _ in range(words)]
        sentences = [self._joint.join(found[at : at + 12]) for at in range(0, words, 12)]
        return (". " if self._joint else " ").join(sentences)


class MadeWorks:
    """A source of `count` works of `words` words: a third of them in two languages, some with restricted readers.

    Each work has a file of `pages` pages, each short enough to be one passage.
    """

    name = "bench"

    def __init__(self, count: int, words: int, pages: int = 0) -> None:
        self._count = count
        self._words = words
        self._pages = pages
        self._vocabularies = {language: Vocabulary(language) for language in LANGUAGES}
        self.facets = (
            FacetDefinition("type", "Type", _as_it_is),
            FacetDefinition("country", "Country", _as_it_is),
            FacetDefinition("theme", "Theme", _as_it_is),
            FacetDefinition("language", "Language", _as_it_is),
            FacetDefinition("year", "Year", _as_it_is, order=FacetOrder.VALUE),
            FacetDefinition("audience", "Written for", _as_it_is),
            FacetDefinition("format", "Format", _as_it_is),
        )

    def keys(self) -> list[str]:
        return [f"work-{number}" for number in range(self._count)]

    def documents(self, works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        numbers = range(self._count) if works is None else sorted(int(work.removeprefix("work-")) for work in works)
        for number in numbers:
            if number < self._count:
                yield self._document(number)

    def query(self, dice: random.Random) -> str:
        """One to three words in a language; the common ones are asked as often as they are written."""
        return self._vocabularies[dice.choice(LANGUAGES)].text(dice, dice.randint(1, 3))

    def concept_labels(self) -> dict[str, dict[str, list[str]]]:
        return {
            theme: {language: [WORDS[language][number % len(WORDS[language])]] for language in LANGUAGES}
            for number, theme in enumerate(THEMES)
        }

    def suggestions(self, text: str, ui: str, readers: frozenset[str]) -> list[Suggestion]:
        return []

    def readers(self, user: object) -> list[str]:
        return []

    def _document(self, number: int) -> SearchDocument:
        dice = random.Random(number)
        languages = dice.sample(LANGUAGES, 1 if number % 3 else 2)
        themes = tuple(dice.sample(THEMES, dice.randint(1, 3)))
        day = date(2003, 1, 1) + timedelta(days=dice.randrange(8000))
        return SearchDocument(
            work=f"work-{number}",
            version=1,
            texts=tuple(self._text(dice, number, language) for language in languages),
            date=day,
            facets={
                "type": (dice.choice(TYPES),),
                "country": tuple(dice.sample(COUNTRIES, dice.randint(1, 2))),
                "theme": themes,
                "language": tuple(languages),
                "year": (str(day.year),),
                "audience": (dice.choice(AUDIENCES),),
                "format": (dice.choice(FORMATS),),
            },
            concepts=themes,
            readers=("public",) if number % 20 else ("1",),
            passages=tuple(self._page(dice, number, page + 1) for page in range(self._pages)),
            card={"type": "fact-sheet", "cover": "", "countries": [], "themes": [], "year": day.year, "files": []},
        )

    def _page(self, dice: random.Random, number: int, page: int) -> Passage:
        language = LANGUAGES[number % len(LANGUAGES)]
        words = self._vocabularies[language].text(dice, PAGE)
        return Passage(str(number), language, words, f"/documents/{number}/#page={page}", page=page)

    def _text(self, dice: random.Random, number: int, language: str) -> WorkText:
        words = self._vocabularies[language]
        return WorkText(
            language,
            title=words.text(dice, 6),
            summary=words.text(dice, 24),
            body=words.text(dice, max(0, self._words - 30)),
            key=f"{language}-{number}",
            url=f"/{language}/{number}/",
        )


def _as_it_is(value: str, _ui: str) -> str:
    return value


def only_source(source: SearchSource) -> None:
    """Make `source` the only one that search knows."""
    for other in registry.sources():
        registry.unregister(other.name)
    registry.register(source)
    concepts.forget()
