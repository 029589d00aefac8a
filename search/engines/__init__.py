"""Engines: what keeps the index and answers. Others speak to one through `search.engines.base.SearchEngine`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import SearchEngine
from search.engines.embedded import EmbeddedEngine
from search.fields import TERMS_VERSION

__all__ = ["get_engine"]


def get_engine() -> SearchEngine:
    """The engine that the settings name; the same object for the same settings."""
    return _embedded(Path(settings.SEARCH_INDEX_DIR))


@lru_cache(maxsize=8)
def _embedded(directory: Path) -> SearchEngine:
    return EmbeddedEngine(directory, analysis=str(TERMS_VERSION))
