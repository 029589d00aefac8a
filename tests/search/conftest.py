"""Tests of search stand on a shelf of their own, not on the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import concepts, registry, result_cache
from tests.search.shelf import Shelf


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
