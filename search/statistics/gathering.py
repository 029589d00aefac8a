"""Counts that wait in this process until they are written: any thread may add, and a flood finds its bounds."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from search.statistics.models import OTHERS, DailyCount, SearchCount

MOST_WAITING = 2000
"""Rows kept while the database can't be written."""
NEW_TEXTS_AN_HOUR = 250
"""Different texts that one process counts by name in an hour; what is beyond them counts among the others."""
SECONDS = 10.0
"""How long counts wait at least, so that there is one write for many of them."""


@dataclass(frozen=True, slots=True)
class Key:
    """A row: of which table, and which of its rows."""

    model: type[DailyCount]
    day: date
    language: str
    counted: str


Counts = Mapping[Key, tuple[int, ...]]
"""What to add to the counters of rows, in the order of `DailyCount.counters`."""


class Gathering:
    """Counts by row. It never grows beyond its bounds and loses only what is beyond them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[Key, tuple[int, ...]] = {}
        self._since = 0.0
        self._hour = 0
        self._texts: set[str] = set()

    def add(self, key: Key, **amounts: int) -> None:
        """Add to counters of a row."""
        added = tuple(amounts.get(counter, 0) for counter in key.model.counters)
        with self._lock:
            self._add(self._within_bounds(key), added)

    def is_due(self) -> bool:
        """Whether something has waited long enough."""
        return bool(self._waiting) and time.monotonic() - self._since >= SECONDS

    def take(self) -> Counts:
        """All that waits; it no longer does."""
        with self._lock:
            taken, self._waiting = self._waiting, {}
        return taken

    def put_back(self, counts: Counts) -> None:
        """Let what could not be written wait again."""
        with self._lock:
            for key, amounts in counts.items():
                self._add(key, amounts)

    def forget(self) -> None:
        """Drop all that waits, and which texts this hour has seen."""
        with self._lock:
            self._waiting = {}
            self._texts = set()

    def _add(self, key: Key, amounts: tuple[int, ...]) -> None:
        if key not in self._waiting and len(self._waiting) >= MOST_WAITING:
            return
        if not self._waiting:
            self._since = time.monotonic()
        before = self._waiting.get(key, (0,) * len(amounts))
        self._waiting[key] = tuple(one + other for one, other in zip(before, amounts, strict=True))

    def _within_bounds(self, key: Key) -> Key:
        if key.model is not SearchCount or key.counted == OTHERS:
            return key
        hour = int(time.monotonic() // 3600)
        if hour != self._hour:
            self._hour, self._texts = hour, set()
        if key.counted not in self._texts:
            if len(self._texts) >= NEW_TEXTS_AN_HOUR:
                return replace(key, counted=OTHERS)
            self._texts.add(key.counted)
        return key


gathering = Gathering()
"""That of this process."""
