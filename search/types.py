"""What everything in `search` speaks: frozen values, no behaviour, no Django.

A *work* is one thing in the library in all its languages. It is one `SearchDocument` in the index and one `Hit` in a
result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

PUBLIC = "public"
"""The reader every visitor is. A restricted work names the groups that may see it instead."""


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"


class Match(StrEnum):
    """Why a hit is there: its own words, or a concept that the query's words name in another language."""

    TEXT = "text"
    CONCEPT = "concept"


# --- What goes in -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WorkText:
    """One language version of a work. `key` is its import key, else its page number; `url` is where it is read."""

    language: str
    title: str
    summary: str = ""
    body: str = ""
    key: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A page of a document or a cue of captions: the smallest part that a reader can be sent to.

    `file` is the file's number; `page` counts from 1; `start` and `end` are seconds. A passage has a page or a start,
    not both. `url` opens the file at this place.
    """

    file: str
    language: str
    text: str
    url: str
    page: int | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """All that the index holds of a work.

    `facets` are values by facet name ("type", "country", "theme", "language", "year", …); a tree facet lists ancestors
    too. `concepts` are concept keys the work is about, by the editor's choice or by labels found in its texts.
    `readers` is `(PUBLIC,)` or the groups that may see it. `version` grows with each change: an older one never
    replaces a newer one. `card` is what a result shows without asking the database (JSON types only).
    """

    work: str
    version: int
    texts: tuple[WorkText, ...]
    date: date
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()
    readers: tuple[str, ...] = (PUBLIC,)
    card: Mapping[str, Any] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()


# --- What is asked ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a visitor asks. `text` is as typed; `ui` is the language of labels and of the preferred version of a work.

    Values of one facet in `filters` are alternatives, facets must all hold. `readers` are the groups of the visitor:
    `PUBLIC` and those they belong to. `page` counts from 1.
    """

    text: str = ""
    ui: str = "en"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = 10
    readers: frozenset[str] = frozenset({PUBLIC})


# --- What comes back --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage of a hit. `html` is escaped text in which the words found stand in <mark>."""

    file: str
    language: str
    url: str
    html: str
    page: int | None = None
    start: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A work found, told in the version that suits the reader: the language asked in, else the interface's, else the
    best match.

    `title_html` and `snippet_html` are escaped and marked; `snippet_language` is the language the snippet is in.
    `concepts` are (label in the interface's language, label in the work's language) of the concepts that made it a hit.
    """

    work: str
    key: str
    url: str
    language: str
    languages: tuple[str, ...]
    title: str
    title_html: str
    snippet_html: str
    snippet_language: str
    score: float
    matched: tuple[Match, ...]
    facets: Mapping[str, tuple[str, ...]]
    card: Mapping[str, Any]
    date: date
    concepts: tuple[tuple[str, str], ...] = ()
    passages: tuple[MarkedPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet: how many works choosing it would leave. `depth` is its level in a tree facet, 0 at
    the top.
    """

    value: str
    label: str
    count: int
    selected: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet and its values. Counts leave out the facet's own selection: they answer 'what else could I choose?'."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer. `ignored` are (facet, value) pairs that the query named and the portal does not know.

    `available` is false when the index could not be asked: the answer is empty then, which says nothing of the library.
    `any_word` says that no work holds what was asked, and these hold only some of its words; `fuzzy`, that none holds
    any of it as written, and these hold something like it. `suggestions` are queries that find more.
    """

    query: SearchQuery
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    engine: str
    took_ms: float
    suggestions: tuple[str, ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()
    available: bool = True
    any_word: bool = False
    fuzzy: bool = False

    @property
    def pages(self) -> int:
        """How many pages the results fill: at least 1."""
        return max(1, -(-self.total // self.query.page_size))

    @property
    def past_the_end(self) -> bool:
        return self.query.page > self.pages


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: `kind` is "work", "theme" or "country"; `url` opens it."""

    kind: str
    text: str
    language: str
    url: str
