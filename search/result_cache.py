"""Answers given a moment ago: what many ask, and what a visitor comes back to, need not be found again.

An answer holds as long as nothing that it was made from has changed: the index (so that what is published shows at
once), the names of concepts, the interface's language. After a minute it expires in any case, for the labels of
facets.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from search.engines.base import SearchEngine
from search.types import SearchQuery, SearchResults

_MOST = 256
_LONGEST_TEXT = 200
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class _Entry:
    """An answer, when it was given, and the stamp of an index no newer than the one that gave it."""

    at: float
    stamp: Hashable
    results: SearchResults


_lock = threading.Lock()
_answers: OrderedDict[Hashable, _Entry] = OrderedDict()
_stamps: dict[str, Hashable] = {}
"""The last known stamp of each engine."""


def get_or_find(
    engine: SearchEngine, query: SearchQuery, made_from: Hashable, find: Callable[[], SearchResults]
) -> SearchResults:
    """The answer that `engine` gave a moment ago if all that it was made from is the same, else what `find` finds."""
    key = _key(engine, query, made_from)
    if key is None:
        return find()
    entry = _get(key)
    # A new answer may be kept under an older stamp: at worst, it is found again. So the index is asked for its stamp
    # only where there is something to compare with.
    stamp = _stamps.get(engine.name) if entry is None else None
    if stamp is None:
        stamp = engine.stamp()
        with _lock:
            _stamps[engine.name] = stamp
    if entry is not None and stamp is not None and entry.stamp == stamp:
        return entry.results
    results = find()
    if stamp is not None and results.available:
        _put(key, _Entry(time.monotonic(), stamp, results))
    return results


def clear() -> None:
    """Drop all answers."""
    with _lock:
        _answers.clear()
        _stamps.clear()


def _key(engine: SearchEngine, query: SearchQuery, made_from: Hashable) -> Hashable | None:
    """The key of an answer; None for a query that nobody is likely to repeat."""
    if len(query.text) > _LONGEST_TEXT:
        return None
    filters = tuple((name, tuple(values)) for name, values in query.filters.items())
    asked = (query.text, query.ui, filters, query.sort, query.page, query.page_size, query.readers)
    return engine.name, asked, made_from


def _get(key: Hashable) -> _Entry | None:
    """The answer, if it was given within the last minute."""
    with _lock:
        entry = _answers.get(key)
        if entry is None or time.monotonic() - entry.at > _SECONDS:
            return None
        _answers.move_to_end(key)
        return entry


def _put(key: Hashable, entry: _Entry) -> None:
    """Keep an answer; the one that was not asked for longest goes."""
    with _lock:
        _answers[key] = entry
        _answers.move_to_end(key)
        while len(_answers) > _MOST:
            _answers.popitem(last=False)
