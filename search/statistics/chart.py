"""Bars over time, ready for a template to draw: how many searches found something, and how many nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.chart_scale import round_top
from search.statistics.figures import Span

WIDTH = 1000
HEIGHT = 200
_GAP = 0.25
"""The part of its place that a bar leaves free."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Places in a drawing of 1000 by 200: `nothing` stands on top of `found`. Numbers are text: a language's decimal
    comma must not get into a drawing.
    """

    x: str
    width: str
    found_y: str
    found_height: str
    nothing_y: str
    nothing_height: str
    span: Span


@dataclass(frozen=True, slots=True)
class Chart:
    """`top` is the number of searches at the upper edge, `middle` half of it."""

    bars: tuple[Bar, ...]
    top: int
    middle: int
    asked: int
    nothing: int
    opened: int


def chart(spans: Sequence[Span]) -> Chart:
    """The drawing of at least one span."""
    top = round_top(max(span.asked for span in spans))
    place = WIDTH / len(spans)
    return Chart(
        bars=tuple(_bar(number, place, span, top) for number, span in enumerate(spans)),
        top=top,
        middle=top // 2,
        asked=sum(span.asked for span in spans),
        nothing=sum(span.nothing for span in spans),
        opened=sum(span.opened for span in spans),
    )


def _bar(number: int, place: float, span: Span, top: int) -> Bar:
    found = (span.asked - span.nothing) / top * HEIGHT
    nothing = span.nothing / top * HEIGHT
    return Bar(
        x=_text(place * (number + _GAP / 2)),
        width=_text(place * (1 - _GAP)),
        found_y=_text(HEIGHT - found),
        found_height=_text(found),
        nothing_y=_text(HEIGHT - found - nothing),
        nothing_height=_text(nothing),
        span=span,
    )


def _text(number: float) -> str:
    return f"{number:.2f}"
