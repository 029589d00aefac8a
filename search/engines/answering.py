"""Who answers: the engine that is asked first, or one that stands by while the first can't (a circuit breaker).

An engine that failed is not asked again before it was found well, behind the backs of visitors, so that none of them
waits for it twice.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from search.engines import engines
from search.engines.base import IndexState, SearchEngine
from search.engines.patience import patience
from search.errors import IndexUnavailable, QuestionRefused
from search.models import OutboxEntry

logger = logging.getLogger(__name__)

LONGEST_WAIT = 2.0
"""Seconds that one answer may take of an engine that another stands by for."""
PAUSE = 10.0
"""Seconds between two looks whether an engine is well again."""

_Answer = TypeVar("_Answer")


def ask(question: Callable[[SearchEngine], _Answer]) -> _Answer:
    """The answer of the first engine that can give it. Raises `IndexUnavailable` when none can."""
    *first, last = engines()
    for engine in first:
        if is_well(engine):
            try:
                with patience(LONGEST_WAIT):
                    return question(engine)
            except QuestionRefused as error:
                # The question is odd, not the engine unwell.
                logger.warning("%s refused a question: %s", engine.name, error)
            except IndexUnavailable as error:
                failed(engine, error)
    return question(last)


def is_well(engine: SearchEngine) -> bool:
    """Whether an engine may be asked: it has not failed since it was last found well, and lacks nothing.

    One that failed is looked at now and then. It may hold what was withdrawn since: it is not asked before it has
    caught up.
    """
    with _lock:
        breaker = _breakers.get(engine)
    if breaker is None:
        return True
    breaker.look_if_due()
    if not breaker.is_found_well or OutboxEntry.objects.of(engine.name).overdue().exists():
        return False
    with _lock:
        _breakers.pop(engine, None)
    logger.info("%s is well again.", engine.name)
    return True


def may_be_written(engine: SearchEngine) -> bool:
    """Whether it makes sense to write to an engine while somebody waits."""
    with _lock:
        breaker = _breakers.get(engine)
    return breaker is None or breaker.is_found_well


def failed(engine: SearchEngine, error: IndexUnavailable) -> None:
    """The engine could not do what it was asked: as long as another stands by, it is not asked for a while."""
    with _lock:
        if engine in _breakers:
            # It was found well, and is not: nobody else waits for it before the next look.
            _breakers[engine].is_found_well = False
        elif engine is not engines()[-1]:
            logger.error("%s is not asked for a while: %s", engine.name, error)
            _breakers[engine] = _Breaker(engine)


def forget() -> None:
    """All engines count as well."""
    with _lock:
        _breakers.clear()


class _Breaker:
    """Of an engine that failed."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._next_look = time.monotonic() + PAUSE
        self.is_found_well = False

    def look_if_due(self) -> None:
        """See whether the engine is well again, in a thread: nobody waits for it."""
        with _lock:
            if time.monotonic() < self._next_look:
                return
            self._next_look = time.monotonic() + PAUSE
        threading.Thread(target=self._look, name=f"look at {self._engine.name}", daemon=True).start()

    def _look(self) -> None:
        self.is_found_well = self._engine.health().state is IndexState.READY


_lock = threading.Lock()
_breakers: dict[SearchEngine, _Breaker] = {}
