"""The deadline for all questions that one answer takes to an engine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Inside, engines that answer over a network take `seconds` for all questions together at most; then they raise
    `IndexUnavailable`. A longer one around it is shortened, never the other way round.
    """
    outer = _until.get()
    until = time.monotonic() + seconds
    token = _until.set(until if outer is None else min(until, outer))
    try:
        yield
    finally:
        _until.reset(token)


def seconds_left(usual: float) -> float:
    """How long the next question may take: `usual`, or less where patience runs out; not below 0."""
    until = _until.get()
    return usual if until is None else min(usual, max(0.0, until - time.monotonic()))
