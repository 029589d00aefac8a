"""What waits in the process has bounds, and several threads may add to it."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from search.statistics import gathering
from search.statistics.gathering import Gathering, Key
from search.statistics.models import OTHERS, OpenedCount, SearchCount

DAY = date(2026, 11, 24)


def key(text: str) -> Key:
    return Key(SearchCount, DAY, "en", text)


def total(found: gathering.Counts) -> int:
    return sum(amounts[0] for amounts in found.values())


def test_a_flood_of_different_texts_counts_among_the_others() -> None:
    here = Gathering()
    here.add(key("pension"), asked=1)
    for number in range(gathering.NEW_TEXTS_AN_HOUR * 3):
        here.add(key(f"flood {number}"), asked=1)
    here.add(key("pension"), asked=1)
    found = here.take()
    assert len(found) == gathering.NEW_TEXTS_AN_HOUR + 1
    assert found[key("pension")][0] == 2
    assert total(found) == gathering.NEW_TEXTS_AN_HOUR * 3 + 2
    assert found[key(OTHERS)][0] == gathering.NEW_TEXTS_AN_HOUR * 2 + 1


def test_a_flood_lasts_no_longer_than_its_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Gathering()
    for number in range(gathering.NEW_TEXTS_AN_HOUR + 1):
        here.add(key(f"flood {number}"), asked=1)
    now = gathering.time.monotonic()
    monkeypatch.setattr(gathering.time, "monotonic", lambda: now + 3600)
    here.add(key("pension"), asked=1)
    assert here.take()[key("pension")][0] == 1


def test_what_cannot_be_written_for_long_stays_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_WAITING", 5)
    here = Gathering()
    for number in range(9):
        here.add(Key(OpenedCount, DAY, "en", f"w{number}"), opened=1)
    taken = here.take()
    assert len(taken) == 5
    here.add(Key(OpenedCount, DAY, "en", "w0"), opened=1)
    here.put_back(taken)
    assert here.take()[Key(OpenedCount, DAY, "en", "w0")] == (2,)


def test_threads_lose_nothing() -> None:
    here, written = Gathering(), []

    def add() -> None:
        for number in range(500):
            here.add(key(f"text {number % 7}"), asked=1, found=2)

    def take() -> None:
        for _ in range(200):
            written.append(here.take())

    threads = [threading.Thread(target=each) for each in (add, add, add, take, take)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written.append(here.take())
    assert sum(total(each) for each in written) == 1500


def test_counts_are_due_after_a_while_and_only_if_there_are_some(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Gathering()
    assert not here.is_due()
    here.add(key("pension"), asked=1)
    assert not here.is_due()
    now = gathering.time.monotonic()
    monkeypatch.setattr(gathering.time, "monotonic", lambda: now + gathering.SECONDS)
    assert here.is_due()
    here.take()
    assert not here.is_due()
