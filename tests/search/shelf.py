"""A shelf of works for tests: a source that holds what a test puts on it, and says when a work changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from search import service
from search.indexing import outbox
from search.registry import FacetDefinition, FacetOrder
from search.types import PUBLIC, Passage, SearchDocument, SearchQuery, SearchResults, Suggestion, WorkText

TYPES = {"fact-sheet": "Fact sheet", "video": "Video"}
PARENTS = {"unemployment": "insurance", "pensions": "insurance"}


def text(language: str, title: str, summary: str = "", body: str = "") -> WorkText:
    return WorkText(language, title, summary, body, key=f"{language}-{title[:12]}", url=f"/{language}/{title[:12]}/")


def work(key: str, *texts: WorkText, **changes: Any) -> SearchDocument:
    """A public fact sheet of 2020; `texts` default to an English title."""
    document = SearchDocument(
        work=key,
        version=0,
        texts=texts or (text("en", f"Work {key}"),),
        date=date(2020, 1, 1),
        facets={"type": ("fact-sheet",), "language": tuple(each.language for each in texts) or ("en",)},
        card={"type": "fact-sheet"},
    )
    return replace(document, **changes)


def page(number: int, words: str, language: str = "en", file: str = "7") -> Passage:
    return Passage(file, language, words, f"/documents/{file}/#page={number}", page=number)


@dataclass
class Shelf:
    """Works by key. `put` and `take` also enqueue the change, as an application does."""

    works: dict[str, SearchDocument] = field(default_factory=dict)
    labels: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    name: str = "shelf"
    facets: Sequence[FacetDefinition] = (
        FacetDefinition("type", "Type", lambda value, _ui: TYPES.get(value, value), TYPES.__contains__),
        FacetDefinition("country", "Country", lambda value, ui: f"{value} in {ui}", order=FacetOrder.LABEL),
        FacetDefinition("theme", "Theme", lambda value, _ui: value.title(), parent=PARENTS.get),
        FacetDefinition("language", "Language", lambda value, _ui: value),
        FacetDefinition("year", "Year", lambda value, _ui: value, order=FacetOrder.VALUE),
    )

    def put(self, *documents: SearchDocument) -> None:
        for document in documents:
            self.works[document.work] = document
        outbox.enqueue(*(document.work for document in documents))

    def take(self, work: str) -> None:
        del self.works[work]
        outbox.enqueue(work)

    def keys(self) -> list[str]:
        return list(self.works)

    def documents(self, works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        for key in list(self.works) if works is None else works:
            if key in self.broken:
                raise LookupError(f"{key} cannot be read")
            if key in self.works:
                yield self.works[key]

    def concept_labels(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        return self.labels

    def suggestions(self, text: str, ui: str, readers: frozenset[str]) -> list[Suggestion]:
        return (
            [Suggestion("theme", "Pensions", ui, f"/{ui}/themes/pensions/")] if text.lower().startswith("pen") else []
        )

    def readers(self, user: Any) -> Iterable[str]:
        return [f"user-{user.pk}"]


EVERYONE = frozenset({PUBLIC})


Stock = Callable[..., None]
"""Puts works on the shelf and indexes them."""


def ask(words: str = "", **changes: object) -> SearchResults:
    """What the service answers; `changes` are fields of the query."""
    return service.search(replace(SearchQuery(words), **changes))  # type: ignore[arg-type]


def found(words: str = "", **changes: object) -> list[str]:
    """The works that are found, the best first."""
    return [hit.work for hit in ask(words, **changes).hits]
