"""Works made of paragraphs, put into an index of their own and asked through the real service."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import django

from search.registry import FacetDefinition
from search.types import SearchDocument, Suggestion, WorkText

Labels = Mapping[str, Mapping[str, Sequence[str]]]


class Paragraphs:
    """A source of works in one language, each a paragraph: (work, text). `labels` are names of concepts that texts and
    queries may hold.
    """

    facets: Sequence[FacetDefinition] = (FacetDefinition("language", "Language", lambda value, _ui: value),)

    def __init__(self, language: str, paragraphs: Iterable[tuple[str, str]], labels: Labels | None = None) -> None:
        self._language = language
        self._paragraphs = dict(paragraphs)
        self._labels = labels or {}
        self.name = f"paragraphs in {language}"

    def documents(self, works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        for work in self._paragraphs if works is None else works:
            if work in self._paragraphs:
                yield SearchDocument(
                    work=work,
                    version=1,
                    texts=(WorkText(self._language, title=work, body=self._paragraphs[work], key=work),),
                    date=date(2020, 1, 1),
                    facets={"language": (self._language,)},
                )

    def concept_labels(self) -> Labels:
        return self._labels

    def suggestions(self, text: str, ui: str, readers: frozenset[str]) -> list[Suggestion]:
        return []

    def readers(self, user: object) -> list[str]:
        return []


def set_up() -> None:
    """Let Django work outside a test run, on settings that leave nothing behind."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()


@contextmanager
def indexed(*sources: Paragraphs) -> Iterator[None]:
    """Inside, `sources` are all there is to find."""
    from django.test import override_settings

    from search import concepts, registry, result_cache
    from search.engines import get_engine
    from search.indexing.prepare import prepare

    others = registry.sources()
    for other in others:
        registry.unregister(other.name)
    for source in sources:
        registry.register(source)
    concepts.forget()
    result_cache.clear()
    try:
        with tempfile.TemporaryDirectory() as directory, override_settings(SEARCH_INDEX_DIR=Path(directory)):
            with get_engine().rebuild() as side:
                side.write([prepare(document) for document in registry.documents()])
                side.publish()
            yield
    finally:
        for source in sources:
            registry.unregister(source.name)
        for other in others:
            registry.register(other)
        concepts.forget()
        result_cache.clear()


def found(text: str, ui: str, *, at_most: int, language: str = "") -> tuple[str, ...]:
    """The works that the service finds, best first; of one language only, if it is named."""
    from search import service
    from search.types import SearchQuery

    filters = {"language": (language,)} if language else {}
    return tuple(hit.work for hit in service.search(SearchQuery(text, ui, filters, page_size=at_most)).hits)
