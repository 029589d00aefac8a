"""The scale of a chart's counts. Pure."""

from __future__ import annotations

_FACTORS = (4, 6, 8, 10, 12, 16, 20, 30)


def round_top(most: int) -> int:
    """The least of some round even numbers that is not less than `most`: the number at a chart's upper edge, of which
    half is a whole number too.
    """
    step = 1
    while True:
        for factor in _FACTORS:
            if factor * step >= most:
                return factor * step
        step *= 10
