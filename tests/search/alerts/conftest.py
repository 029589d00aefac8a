"""Alerts stand on the shelf of the tests of search; the clock can be moved on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from search.alerts import noticing, rounds, sending
from tests.search.alerts.reader import Clock, Portal, publish
from tests.search.shelf import Shelf, text, work


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


@pytest.fixture
def portal(shelf: Shelf, client: Client, clock: Clock) -> Iterator[Portal]:
    noticing.forget()
    caches["limits"].clear()
    rounds._next_notice = rounds._next_sending = 0.0
    rounds._failures = 0
    yield Portal(shelf, client)
    noticing.forget()
    caches["limits"].clear()


@pytest.fixture(autouse=True)
def no_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine leaves no mail for the next round."""
    send_due = sending.send_due
    monkeypatch.setattr(sending, "send_due", lambda seconds=600: send_due(seconds=seconds))


@pytest.fixture
def begun(portal: Portal) -> Portal:
    """A library that has been open for a while."""
    publish(portal, work("there", text("en", "Pensions that are there already")))
    return portal
