"""Answers given a moment ago: what many ask, and what a visitor comes back to, need not be found again.

An answer holds as long as nothing that it was made from has changed: the index (so that what is published shows at
once), the names of concepts, the interface's language. After a minute it is forgotten in any case, for the labels of
facets.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable

from search.types import SearchQuery, SearchResults

_MOST = 256
_LONGEST_TEXT = 200
_SECONDS = 60.0

_lock = threading.Lock()
_answers: OrderedDict[Hashable, tuple[float, SearchResults]] = OrderedDict()


def key(query: SearchQuery, *made_from: Hashable) -> Hashable | None:
    """What an answer is remembered by; None for a query that nobody is likely to repeat."""
    if len(query.text) > _LONGEST_TEXT:
        return None
    filters = tuple((name, tuple(values)) for name, values in query.filters.items())
    return (query.text, query.ui, filters, query.sort, query.page, query.page_size, query.readers, made_from)


def recall(key: Hashable | None) -> SearchResults | None:
    """The answer, if it was given within the last minute."""
    with _lock:
        found = _answers.get(key)
        if found is None or time.monotonic() - found[0] > _SECONDS:
            return None
        _answers.move_to_end(key)
        return found[1]


def remember(key: Hashable | None, results: SearchResults) -> None:
    """Keep an answer; the one that was not asked for longest goes."""
    if key is None or not results.available:
        return
    with _lock:
        _answers[key] = (time.monotonic(), results)
        _answers.move_to_end(key)
        while len(_answers) > _MOST:
            _answers.popitem(last=False)


def forget() -> None:
    """Forget all answers."""
    with _lock:
        _answers.clear()
