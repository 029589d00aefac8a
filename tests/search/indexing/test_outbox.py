from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import service
from search.engines import get_engine
from search.indexing import outbox, worker
from search.models import OutboxEntry
from search.types import SearchQuery
from tests.search.shelf import Shelf, text, work

pytestmark = pytest.mark.django_db


def total() -> int:
    return service.search(SearchQuery()).total


def test_a_change_that_is_rolled_back_leaves_nothing(shelf: Shelf) -> None:
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        outbox.enqueue("a")
        raise ZeroDivisionError
    assert not OutboxEntry.objects.exists()


def test_each_change_raises_the_version_of_its_one_row(shelf: Shelf) -> None:
    outbox.enqueue("a", "b", "a")
    outbox.enqueue("a")
    assert dict(OutboxEntry.objects.values_list("work", "version")) == {"a": 2, "b": 1}


def test_a_change_clears_what_had_failed_before(shelf: Shelf) -> None:
    outbox.enqueue("a")
    OutboxEntry.objects.update(attempts=5, error="no")
    outbox.enqueue("a")
    entry = OutboxEntry.objects.get()
    assert (entry.attempts, entry.error, entry.next_attempt) == (0, "", None)


def test_without_indexing_at_once_changes_wait_for_the_worker(shelf: Shelf) -> None:
    shelf.put(work("a"))
    assert total() == 0
    assert (outbox.health().waiting, outbox.health().failed) == (1, 0)
    worker.drain()
    assert total() == 1
    assert outbox.health().waiting == 0


def test_noting_a_known_work_takes_two_queries(shelf: Shelf) -> None:
    outbox.enqueue("a")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        outbox.enqueue("a")
    assert len(queries) == 2


def test_many_changes_together_cost_as_much_as_one(shelf: Shelf) -> None:
    outbox.enqueue("w7")
    with CaptureQueriesContext(connection) as queries, outbox.together():
        for number in range(50):
            outbox.enqueue(f"w{number}")
    assert len(queries) <= 6
    assert dict(OutboxEntry.objects.filter(version=2).values_list("work", "version")) == {"w7": 2}
    assert OutboxEntry.objects.count() == 50


def test_what_else_is_found_by_works_is_asked_of_many_at_once(shelf: Shelf) -> None:
    asked: list[list[str]] = []

    def packs(works: Sequence[str]) -> list[str]:
        asked.append(list(works))
        return ["pack"] if "b" in works else []

    outbox.enqueue("z", also=packs)
    with transaction.atomic(), outbox.together():
        outbox.enqueue("a", also=packs)
        outbox.enqueue("alone")
        outbox.enqueue("b", "a", also=packs)
    assert asked == [["z"], ["a", "b"]]
    versions = {"z": 1, "a": 1, "alone": 1, "b": 1, "pack": 1}
    assert dict(OutboxEntry.objects.values_list("work", "version")) == versions


def test_changes_together_that_fail_are_forgotten(shelf: Shelf) -> None:
    with contextlib.suppress(ZeroDivisionError), transaction.atomic(), outbox.together():
        outbox.enqueue("a")
        raise ZeroDivisionError
    outbox.enqueue("b")
    assert list(OutboxEntry.objects.values_list("work", flat=True)) == ["b"]


def test_the_index_is_made_by_the_first_work(shelf: Shelf) -> None:
    shelf.put(work("a", text("km", "សន្តិសុខសង្គម")))
    worker.drain()
    assert get_engine().health().works == 1


def test_names_of_concepts_that_change_concern_every_work_once(shelf: Shelf) -> None:
    shelf.put(work("a"), work("b"))
    worker.drain()
    with transaction.atomic():
        for _ in range(3):
            outbox.enqueue_everything()
    assert dict(OutboxEntry.objects.pending().values_list("work", "version")) == {"a": 2, "b": 2}
    # Not before every process has heard of the new names.
    assert not OutboxEntry.objects.due().exists()
    assert OutboxEntry.objects.due(timezone.now() + timedelta(minutes=5)).count() == 2


def test_names_that_did_not_change_after_all_concern_no_work(shelf: Shelf) -> None:
    shelf.put(work("a"))
    worker.drain()
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        outbox.enqueue_everything()
        raise ZeroDivisionError
    assert not OutboxEntry.objects.pending().exists()
