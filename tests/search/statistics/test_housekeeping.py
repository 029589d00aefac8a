"""Old counts go, and texts that hardly anybody asked for lose their words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from search.signals import worker_round
from search.statistics import housekeeping, storing
from search.statistics.gathering import Key
from search.statistics.models import FilterCount, OpenedCount, SearchCount

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def put(text: str, *days: int, language: str = "en") -> None:
    """Counts of one search each that found nothing."""
    storing.store({Key(SearchCount, ago(day), language, text): (1, 0, 1, 1) for day in days})


def texts() -> dict[tuple[int, str, str], tuple[int, int, int]]:
    return {
        ((TODAY - row.day).days, row.language, row.text): (row.asked, row.nothing, row.opened)
        for row in SearchCount.objects.all()
    }


def test_a_rare_text_is_kept_for_a_month_and_then_counts_among_the_others() -> None:
    put("somchai jaidee", 31, 40)
    put("budi santoso", 31)
    put("budi santoso", 40, language="id")
    put("nguyễn thị hoa", 30)
    housekeeping.tidy(TODAY)
    assert texts() == {
        (31, "en", ""): (2, 2, 2),
        (40, "en", ""): (1, 1, 1),
        (40, "id", ""): (1, 1, 1),
        (30, "en", "nguyễn thị hoa"): (1, 1, 1),
    }


def test_a_text_that_some_asked_for_stays_in_whatever_language_and_on_whatever_day() -> None:
    put("pension", 1, 100)
    put("pension", 300, language="th")
    housekeeping.tidy(TODAY)
    assert sorted(texts()) == [(1, "en", "pension"), (100, "en", "pension"), (300, "th", "pension")]


def test_more_rare_texts_than_are_folded_at_once_all_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_AT_ONCE", 3)
    for number in range(8):
        put(f"name {number}", 50, 51)
    housekeeping.tidy(TODAY)
    housekeeping.tidy(TODAY)
    assert texts() == {(50, "en", ""): (8, 8, 8), (51, "en", ""): (8, 8, 8)}


def test_what_is_older_than_the_settings_say_is_removed(settings: Any) -> None:
    settings.SEARCH_STATISTICS_DAYS = 100
    put("pension", 98, 99, 100, 101, 102)
    storing.store({Key(FilterCount, ago(101), "en", "type"): (1, 0), Key(OpenedCount, ago(101), "en", "w"): (1,)})
    housekeeping.tidy(TODAY)
    assert sorted(texts()) == [(day, "en", "pension") for day in (98, 99, 100)]
    assert not FilterCount.objects.exists()
    assert not OpenedCount.objects.exists()


def test_the_worker_tidies_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_done", None)
    put("pension", 3000)
    worker_round.send(sender=None)
    assert texts() == {}
    put("pension", 3000)
    worker_round.send(sender=None)
    assert len(texts()) == 1
    monkeypatch.setattr(housekeeping, "_done", TODAY - timedelta(days=1))
    worker_round.send(sender=None)
    assert texts() == {}
