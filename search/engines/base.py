"""The contract of an engine, small enough that each engine does all of it; tests/contract holds what it must do."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from search.engines.clauses import Clause
from search.types import Sort

# --- What goes in -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EnginePassage:
    """A part of a work's texts. `fields` are terms by field name, `stored` (JSON types) comes back with a hit."""

    fields: Mapping[str, str]
    stored: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EngineDocument:
    """A work as an engine keeps it: `fields` are analysed terms joined by spaces, by field name (see `search.fields`).

    `newest` is a number and `titles` (by interface language) are strings by which results sort, rising. `stored` (JSON
    types) comes back with a hit. `digest` tells whether two documents of the same work differ.
    """

    work: str
    version: int
    digest: str
    fields: Mapping[str, str]
    newest: int
    titles: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    stored: Mapping[str, Any] = field(default_factory=dict)
    passages: tuple[EnginePassage, ...] = ()


@dataclass(frozen=True, slots=True)
class Deletion:
    """The work is gone since `version`: no document of an older version may come back."""

    work: str
    version: int


# --- What is asked and what comes back --------------------------------------


@dataclass(frozen=True, slots=True)
class EngineQuery:
    """`match` scores (None: everything); `filters` hold values by facet, OR inside a facet, AND between facets.

    `facets` are the names to count, each without its own filter. Without `match`, sorting by relevance is sorting by
    date. `ui` is the language in whose order titles sort.
    """

    match: Clause | None
    readers: frozenset[str]
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    ui: str = "en"
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class EngineHit:
    work: str
    score: float
    stored: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EngineResults:
    """`counts` are works by value by facet name; a value that no work has is left out."""

    total: int
    hits: tuple[EngineHit, ...]
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class WriteReport:
    """`refused` are works for which the index already held something newer. `failed` are works that the engine will
    not take, whatever is tried, each with the reason.
    """

    written: int = 0
    deleted: int = 0
    refused: tuple[str, ...] = ()
    failed: Mapping[str, Exception] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index holds of a work, for comparing with the database."""

    work: str
    version: int
    digest: str


class IndexState(StrEnum):
    """Whether an index can answer: it is READY, was never made, was made by other code, is damaged, or is away."""

    READY = "ready"
    MISSING = "missing"
    OUTDATED = "outdated"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class EngineHealth:
    """`message` says in plain words what is wrong and how to fix it; it is empty when all is well."""

    engine: str
    state: IndexState
    works: int = 0
    message: str = ""


class SideIndex(Protocol):
    """An index made beside the one that answers. Nobody sees it before `publish`."""

    def write(self, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()) -> WriteReport: ...

    def publish(self) -> None:
        """Make this the index that answers; the old one goes. Nothing may be written to it before its own commit."""
        ...


class SearchEngine(Protocol):
    """All that search asks of an engine. Any call but `health` raises `IndexUnavailable` when the index is not fit."""

    name: str

    def write(self, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()) -> WriteReport:
        """Put in, replace and take out works; when it returns, every process sees it.

        A document or deletion older than what the index holds is left out. Writers queue up behind one another.
        """
        ...

    def search(self, query: EngineQuery) -> EngineResults: ...

    def scores(self, match: Clause, works: Sequence[str]) -> Mapping[str, float]:
        """The scores of those of `works` that `match` finds."""
        ...

    def passages(
        self, match: Clause, works: Sequence[str], readers: frozenset[str], limit: int
    ) -> Mapping[str, tuple[EngineHit, ...]]:
        """The best `limit` passages of each of `works`, best first; a work of which none matches is left out."""
        ...

    def stamp(self) -> Hashable | None:
        """Differs whenever the index does, whoever changed it; None where that cannot be told."""
        ...

    def documents(self) -> Iterator[Indexed]:
        """Every work in the index."""
        ...

    def create(self) -> None:
        """Make an empty index where there is none."""
        ...

    def rebuild(self) -> AbstractContextManager[SideIndex]:
        """A side index to fill and publish, else thrown away. Raises `RebuildRunning` if there is one already."""
        ...

    def health(self) -> EngineHealth: ...
