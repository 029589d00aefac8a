"""What the report says: counts of a period, by text, by filter and over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import FloatField, IntegerField, Max, QuerySet, Sum
from django.db.models.functions import Cast, NullIf, Round

from search import registry
from search.statistics.models import OTHERS, FilterCount, OpenedCount, SearchCount


@dataclass(frozen=True, slots=True)
class Period:
    """From the day `first` to `last`, both in it. `language` is that of the interface; "": any."""

    first: date
    last: date
    language: str = ""

    @classmethod
    def of(cls, days: int, today: date, language: str = "") -> Period:
        """The last `days` days, today being one of them."""
        return cls(today - timedelta(days=days - 1), today, language)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def filters(self) -> dict[str, object]:
        """What picks out its rows."""
        within: dict[str, object] = {"day__range": (self.first, self.last)}
        return {**within, "language": self.language} if self.language else within


@dataclass(frozen=True, slots=True)
class Span:
    """A day, week or month of a chart. Of the searches `asked`, `nothing` found nothing; `opened` works were opened."""

    first: date
    last: date
    asked: int
    nothing: int
    opened: int


@dataclass(frozen=True, slots=True)
class FilterUse:
    label: str
    used: int
    nothing: int


def looked_for(period: Period) -> QuerySet[SearchCount, Any]:
    """By text: `asked`, `works` (found, on the average), `opened`, `in_language` (one of those it was asked in)."""
    return (
        _texts(period)
        .annotate(
            works=Cast(
                Round(Cast(Sum("found"), FloatField()) / NullIf(Cast(Sum("asked"), FloatField()), 0.0)), IntegerField()
            ),
            asked=Sum("asked"),
            opened=Sum("opened"),
            in_language=Max("language"),
        )
        .filter(asked__gt=0)
    )


def found_nothing(period: Period) -> QuerySet[SearchCount, Any]:
    """By text: `nothing` (how often), `last` (the day on which it last did), `in_language`."""
    return (
        _texts(period)
        .filter(nothing__gt=0)
        .annotate(nothing=Sum("nothing"), last=Max("day"), in_language=Max("language"))
    )


def unnamed(period: Period) -> int:
    """How many searches are counted among the others."""
    others = SearchCount.objects.filter(**period.filters(), text=OTHERS)
    return int(others.aggregate(asked=Sum("asked"))["asked"] or 0)


def opened_works(period: Period) -> frozenset[str]:
    """The works that were opened from results."""
    return frozenset(OpenedCount.objects.filter(**period.filters()).values_list("work", flat=True).distinct())


def filters_used(period: Period) -> list[FilterUse]:
    """The filters that were set, the most used first, named in the language in force."""
    rows = (
        FilterCount.objects.filter(**period.filters()).values("name").annotate(used=Sum("used"), nothing=Sum("nothing"))
    )
    known = registry.facets()
    return [
        FilterUse(str(known[row["name"]].label), row["used"], row["nothing"])
        for row in rows.order_by("-used", "name")
        if row["name"] in known
    ]


def over_time(period: Period) -> list[Span]:
    """The period by days, by weeks (from Monday) if it is longer than a month, by months if longer than half a year."""
    rows = (
        SearchCount.objects.filter(**period.filters())
        .values_list("day")
        .annotate(Sum("asked"), Sum("nothing"), Sum("opened"))
        .order_by("day")
    )
    by_day = {day: sums for day, *sums in rows}
    begin = _beginning_of_span(period.days)
    spans: dict[date, list[date]] = {}
    for number in range(period.days):
        day = period.first + timedelta(days=number)
        spans.setdefault(begin(day), []).append(day)
    return [_span(days, by_day) for days in spans.values()]


def _texts(period: Period) -> QuerySet[SearchCount, Any]:
    return SearchCount.objects.filter(**period.filters()).exclude(text=OTHERS).values("text")


def _beginning_of_span(days: int) -> Callable[[date], date]:
    if days <= 31:
        return lambda day: day
    if days <= 183:
        return lambda day: day - timedelta(days=day.weekday())
    return lambda day: day.replace(day=1)


def _span(days: Sequence[date], by_day: dict[date, list[int]]) -> Span:
    sums = [by_day[day] for day in days if day in by_day]
    asked, nothing, opened = (sum(each[place] for each in sums) for place in range(3))
    return Span(days[0], days[-1], asked, nothing, opened)
