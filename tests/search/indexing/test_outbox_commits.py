"""What happens when a change is really committed.

Tests that flush the database would take from others what migrations put there: these take out their own rows instead.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from search import service
from search.indexing import outbox, worker
from search.models import OutboxEntry
from search.types import SearchQuery
from tests.search.shelf import Shelf, work


@pytest.fixture(autouse=True)
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test's own commits are real; its rows of the outbox are gone afterwards."""
    with django_db_blocker.unblock():
        yield
        OutboxEntry.objects.all().delete()


def total() -> int:
    return service.search(SearchQuery()).total


def test_a_change_is_found_as_soon_as_it_is_committed(shelf: Shelf, settings: Any) -> None:
    settings.SEARCH_INDEX_IMMEDIATELY = True
    with transaction.atomic():
        shelf.put(work("a"))
        assert OutboxEntry.objects.pending().count() == 1
        assert total() == 0
    assert total() == 1
    assert not OutboxEntry.objects.pending().exists()
    shelf.take("a")
    assert total() == 0


def test_many_changes_in_a_transaction_are_indexed_together(
    shelf: Shelf, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_INDEX_IMMEDIATELY = True
    rounds: list[int | None] = []
    monkeypatch.setattr(worker, "drain", lambda *, limit=None: rounds.append(limit))
    with transaction.atomic():
        for number in range(5):
            outbox.enqueue(f"w{number}")
    assert rounds == [outbox.AT_ONCE]


def test_a_change_in_a_savepoint_that_is_rolled_back_does_not_stop_the_next_from_being_indexed(
    shelf: Shelf, settings: Any
) -> None:
    settings.SEARCH_INDEX_IMMEDIATELY = True
    with transaction.atomic():
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            shelf.put(work("lost"))
            raise ZeroDivisionError
        shelf.put(work("kept"))
    assert [hit.work for hit in service.search(SearchQuery()).hits] == ["kept"]


def test_a_batch_waits_until_its_end(shelf: Shelf, settings: Any) -> None:
    settings.SEARCH_INDEX_IMMEDIATELY = True
    with outbox.batch():
        with outbox.batch():
            shelf.put(work("a"))
        shelf.put(work("b"))
        assert total() == 0
    assert total() == 2


def test_an_editor_is_not_stopped_by_search_that_fails(
    shelf: Shelf, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SEARCH_INDEX_IMMEDIATELY = True

    def fail(**_options: Any) -> None:
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(worker, "drain", fail)
    shelf.put(work("a"))
    assert "The disk is full." in caplog.text
    assert OutboxEntry.objects.pending().count() == 1
