"""Tests of search stand on a shelf of their own, not on the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import concepts, registry, result_cache
from search.indexing.rebuild import rebuild
from search.types import SearchDocument
from tests.search.shelf import Shelf, Stock


@pytest.fixture
def shelf(index: Path, settings: Any) -> Iterator[Shelf]:
    """The only source of works, on an empty index; changes are indexed by `drain`."""
    settings.SEARCH_INDEX_IMMEDIATELY = False
    others = registry.sources()
    for other in others:
        registry.unregister(other.name)
    shelf = Shelf()
    registry.register(shelf)
    concepts.forget()
    result_cache.clear()
    yield shelf
    registry.unregister(shelf.name)
    for other in others:
        registry.register(other)
    concepts.forget()


@pytest.fixture
def stock(shelf: Shelf) -> Stock:
    """A function that puts works on the shelf and indexes them."""

    def put(*documents: SearchDocument) -> None:
        shelf.works.update({document.work: document for document in documents})
        rebuild()

    return put
