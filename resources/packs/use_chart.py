"""How often a pack was used, as bars over time, ready for a template to draw. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from search.chart_scale import round_top

WIDTH, HEIGHT = 1000, 200
_GAP = 0.25
"""The part of its place that a bar leaves free."""
_DAYS = 31
_WEEKS = 53
"""A longer time is told by week, and no longer than a year."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often a pack was used in one way on one day."""

    day: date
    use: str
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """A use within a bar: `y` and `height` are text, for a language's decimal comma must not get into a drawing."""

    use: str
    count: int
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Bar:
    first: date
    last: date
    x: str
    width: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in a drawing of 1000 by 200; `top` is what its upper edge means. `totals` are of all time, by use."""

    bars: tuple[Bar, ...]
    top: int
    totals: tuple[tuple[str, int], ...]
    weekly: bool

    @property
    def middle(self) -> int:
        return self.top // 2


def chart(counts: Iterable[Count], uses: Sequence[str], today: date) -> Chart:
    """The drawing of `counts`, with `uses` on top of each other: by day since the first of them, by week if that is
    more than a month ago.
    """
    known = [each for each in counts if each.use in uses]
    totals = tuple((use, sum(each.count for each in known if each.use == use)) for use in uses)
    first = min((each.day for each in known), default=today)
    weekly = (today - first).days >= _DAYS
    spans = _weeks(first, today) if weekly else [(day, day) for day in _days(min(first, today - timedelta(6)), today)]
    sums = [
        [sum(each.count for each in known if each.use == use and start <= each.day <= end) for use in uses]
        for start, end in spans
    ]
    top = round_top(max(map(sum, sums)))
    place = WIDTH / len(spans)
    bars = tuple(
        _bar(at * place, place, span, dict(zip(uses, each, strict=True)), top)
        for at, (span, each) in enumerate(zip(spans, sums, strict=True))
    )
    return Chart(bars, top, totals, weekly)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(at) for at in range((last - first).days + 1)]


def _weeks(first: date, last: date) -> list[tuple[date, date]]:
    count = min((last - first).days // 7 + 1, _WEEKS)
    return [(last - timedelta(7 * at + 6), last - timedelta(7 * at)) for at in reversed(range(count))]


def _bar(at: float, place: float, span: tuple[date, date], sums: dict[str, int], top: int) -> Bar:
    parts: list[Part] = []
    below = float(HEIGHT)
    for use, count in sums.items():
        height = count / top * HEIGHT
        below -= height
        parts.append(Part(use, count, f"{below:.2f}", f"{height:.2f}"))
    return Bar(*span, f"{at + place * _GAP / 2:.2f}", f"{place * (1 - _GAP):.2f}", tuple(parts))
