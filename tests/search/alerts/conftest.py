"""Alerts stand on the shelf of the tests of search; the clock can be moved on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from search.alerts import noticing, rounds, sending
from search.alerts.forms import _signer
from search.indexing import worker
from tests.search.shelf import Shelf


class Clock:
    """The time, which `passes` when a test says so."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._real = timezone.now

    def now(self) -> datetime:
        return self._real() + self.ahead

    def passes(self, **how_long: float) -> None:
        self.ahead += timedelta(**how_long)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


class Portal:
    """A portal with a worker: what visitors do, and what its rounds do meanwhile."""

    def __init__(self, shelf: Shelf, client: Client) -> None:
        self.shelf = shelf
        self.client = client

    def ask(self, address: str = "reader@example.org", path: str = "/en/search/alerts/", **fields: Any) -> Any:
        """Send the form as a person does, some seconds after it was shown."""
        return self.client.post(path, {"address": address, "shown": shown(10), **fields})

    def round(self) -> None:
        """What `run_worker` does: the index, new works, mails."""
        worker.drain()
        rounds.round_of_work(at_once=True)


def shown(seconds_ago: float) -> str:
    """The mark of a form that was shown that long ago."""

    class Then(signing.TimestampSigner):
        def timestamp(self) -> str:
            return signing.b62_encode(int(signing.time.time() - seconds_ago))

    return Then(salt=_signer.salt).sign("form")


@pytest.fixture
def portal(shelf: Shelf, client: Client, clock: Clock) -> Iterator[Portal]:
    noticing.forget()
    cache.clear()
    rounds._next_notice = rounds._next_sending = 0.0
    rounds._failures = 0
    yield Portal(shelf, client)
    noticing.forget()
    cache.clear()


@pytest.fixture(autouse=True)
def no_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine leaves no mail for the next round."""
    send_due = sending.send_due
    monkeypatch.setattr(sending, "send_due", lambda: send_due(seconds=600))
