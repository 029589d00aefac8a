"""Milliseconds of many calls."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: half of the calls took no longer than `p50`, 19 of 20 no longer than `p95`."""

    p50: float
    p95: float
    most: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Timing:
        took = sorted(milliseconds)
        return cls(took[len(took) // 2], took[max(0, int(len(took) * 0.95) - 1)], took[-1])


def timed(calls: Sequence[Callable[[], object]]) -> Timing:
    """Call each once; the first few warm up and do not count, and none is asked again, since answers are remembered."""
    for call in calls[:WARM_UP]:
        call()
    took = []
    for call in calls[WARM_UP:]:
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return Timing.of(took)


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
