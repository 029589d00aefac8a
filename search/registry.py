"""How an application puts its works into search, which itself knows no model.

class Library:
    name = "resources"
    facets = (FacetDefinition("type", _("Type"), value_label=type_label, known=is_type), …)
    def keys(self): …
    def documents(self, works=None): …
    def concept_labels(self): …
    def suggestions(self, text, ui, readers): …

registry.register(Library())        # in AppConfig.ready
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Protocol

from search.types import PUBLIC, SearchDocument, Suggestion

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.utils.functional import _StrPromise


class FacetOrder(StrEnum):
    """How values of a facet stand: most works first, by label, or by value from the greatest (years)."""

    COUNT = "count"
    LABEL = "label"
    VALUE = "value"


def _no_parent(_value: str) -> str | None:
    return None


def _anything(_value: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class FacetDefinition:
    """A facet by which works can be chosen.

    `name` stands in URLs and in `SearchDocument.facets`. `value_label` gives the words for a value in an interface
    language. `known` says whether a value exists at all (one without works is known too). `parent` makes a tree: it
    gives the value above, or None at the top. They are called for each value on each page, so they must not ask the
    database each time.
    """

    name: str
    label: str | _StrPromise
    value_label: Callable[[str, str], str]
    known: Callable[[str], bool] = _anything
    order: FacetOrder = FacetOrder.COUNT
    parent: Callable[[str], str | None] = _no_parent


class SearchSource(Protocol):
    """Where works come from."""

    name: str
    facets: Sequence[FacetDefinition]

    def keys(self) -> Iterable[str]:
        """The keys of all works that `documents` gives; one that it does not give after all does no harm."""
        ...

    def documents(self, works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        """The documents of `works`, else of all, as the database has them now. A work that is not live is left out.

        `version` may be left 0: the indexer sets it.
        """
        ...

    def concept_labels(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Labels by language by concept key (as in `SearchDocument.concepts`), the preferred label of a
        language first.
        """
        ...

    def suggestions(self, text: str, ui: str, readers: frozenset[str]) -> Iterable[Suggestion]:
        """Completions of `text` beside titles of works: themes, countries. Best first, some ten at most."""
        ...

    def readers(self, user: AbstractBaseUser) -> Iterable[str]:
        """What a signed-in user is beside `PUBLIC`, in the terms of `SearchDocument.readers`."""
        ...


_sources: dict[str, SearchSource] = {}
_changes = count(1)
_edition = 0


def edition() -> int:
    """A number that differs whenever other sources are registered."""
    return _edition


def register(source: SearchSource) -> None:
    """Add `source`; one of the same name is replaced."""
    global _edition
    _edition = next(_changes)
    _sources[source.name] = source


def unregister(name: str) -> None:
    """Take the source of that name out, if it is there."""
    global _edition
    _edition = next(_changes)
    _sources.pop(name, None)


def sources() -> tuple[SearchSource, ...]:
    return tuple(_sources.values())


def facets() -> dict[str, FacetDefinition]:
    """All facets by name, in the order in which they were registered."""
    return {facet.name: facet for source in _sources.values() for facet in source.facets}


def keys() -> Iterator[str]:
    """The keys of all works, from every source."""
    for source in _sources.values():
        yield from source.keys()


def documents(works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """The documents of `works`, else of all, from every source."""
    chosen = None if works is None else tuple(works)
    for source in _sources.values():
        yield from source.documents(chosen)


def readers(user: AbstractBaseUser | AnonymousUser) -> frozenset[str]:
    """The readers that a visitor is. No source is asked, and so nothing of the database, for one who isn't
    signed in.
    """
    if not user.is_authenticated:
        return frozenset({PUBLIC})
    return frozenset({PUBLIC, *(reader for source in _sources.values() for reader in source.readers(user))})


def concept_labels() -> dict[str, dict[str, tuple[str, ...]]]:
    """Labels by language by concept key, from every source."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for source in _sources.values():
        for concept, labels in source.concept_labels().items():
            found[concept] = {language: tuple(words) for language, words in labels.items()}
    return found
