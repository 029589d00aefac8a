"""Engines: what keeps an index and answers. Others speak to one through `search.engines.base.SearchEngine`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import SearchEngine
from search.engines.embedded import EmbeddedEngine
from search.fields import TERMS_VERSION

__all__ = ["engines", "get_engine", "use"]

_instead: tuple[SearchEngine, ...] = ()


def engines() -> tuple[SearchEngine, ...]:
    """The engines that the settings name, each with an index of its own, the one that is asked first at the front: with
    `ELASTICSEARCH_URL` this is Elasticsearch, and the embedded one stands by.

    The same objects for the same settings.
    """
    if _instead:
        return _instead
    embedded = _embedded(Path(settings.SEARCH_INDEX_DIR))
    if not settings.ELASTICSEARCH_URL:
        return (embedded,)
    # The server's client takes a third of a second to load: who has no server need not wait for it at every start.
    from search.engines import elasticsearch

    return (elasticsearch.from_settings(), embedded)


def get_engine(name: str = "") -> SearchEngine:
    """The engine of that name, by default the one that is asked first. Raises `LookupError` for one that isn't kept."""
    for engine in engines():
        if name in ("", engine.name):
            return engine
    raise LookupError(f"The settings name no engine “{name}”.")


@contextmanager
def use(*others: SearchEngine) -> Iterator[None]:
    """Inside, `others` are kept and asked instead of what the settings name: to compare engines and settings."""
    global _instead
    before, _instead = _instead, others
    try:
        yield
    finally:
        _instead = before


@lru_cache(maxsize=8)
def _embedded(directory: Path) -> SearchEngine:
    return EmbeddedEngine(directory, analysis=str(TERMS_VERSION))
