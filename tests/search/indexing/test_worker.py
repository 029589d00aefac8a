from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import service
from search.engines import get_engine
from search.engines.base import Deletion, EngineDocument, WriteReport
from search.errors import IndexMissing, SearchError
from search.indexing import outbox, worker
from search.models import NAMES_SPREAD, OutboxEntry
from search.types import SearchQuery
from tests.search.shelf import Shelf, text, work

pytestmark = pytest.mark.django_db


def works() -> set[str]:
    return {hit.work for hit in service.search(SearchQuery(page_size=50)).hits}


def test_nothing_due_is_nothing_done(shelf: Shelf) -> None:
    assert worker.drain() == worker.Drained()


def test_works_are_written_and_taken_out(shelf: Shelf) -> None:
    shelf.put(work("a"), work("b"))
    assert worker.drain() == worker.Drained(written=2)
    shelf.put(work("b", text("en", "New title")))
    shelf.take("a")
    assert worker.drain() == worker.Drained(written=1, deleted=1)
    assert works() == {"b"}


def test_a_work_that_cannot_be_read_is_put_off_and_stops_nothing_else(shelf: Shelf) -> None:
    shelf.put(work("a"), work("bad"), work("c"))
    shelf.broken.add("bad")
    assert worker.drain() == worker.Drained(written=2, failed=1)
    assert works() == {"a", "c"}
    entry = OutboxEntry.objects.get(work="bad")
    assert entry.attempts == 1
    assert "bad cannot be read" in entry.error
    assert entry.next_attempt is not None
    assert entry.next_attempt > timezone.now()
    assert worker.drain() == worker.Drained()


def test_each_failure_puts_a_work_off_for_longer(shelf: Shelf) -> None:
    shelf.put(work("bad"))
    shelf.broken.add("bad")
    pauses = []
    for _ in range(12):
        OutboxEntry.objects.update(next_attempt=None)
        worker.drain()
        entry = OutboxEntry.objects.get()
        assert entry.next_attempt is not None
        pauses.append(entry.next_attempt - timezone.now())
    assert all(later > earlier for earlier, later in pairwise(pauses[:6]))
    assert max(pauses) <= timedelta(hours=1)
    assert OutboxEntry.objects.failed().count() == 1


def test_a_work_that_was_put_off_is_indexed_once_it_can_be_read(shelf: Shelf) -> None:
    shelf.put(work("bad"))
    shelf.broken.add("bad")
    worker.drain()
    shelf.broken.clear()
    OutboxEntry.objects.update(next_attempt=timezone.now() - timedelta(seconds=1))
    assert worker.drain() == worker.Drained(written=1)
    entry = OutboxEntry.objects.get()
    assert (entry.attempts, entry.error, entry.indexed_version) == (0, "", entry.version)


def test_a_change_while_it_is_indexed_stays_pending(shelf: Shelf) -> None:
    shelf.put(work("a"))
    entries = list(OutboxEntry.objects.due())
    shelf.put(work("a", text("en", "Newer")))
    get_engine().create()
    worker.index_entries(entries, get_engine())
    assert OutboxEntry.objects.pending().count() == 1
    worker.drain()
    assert not OutboxEntry.objects.pending().exists()


def test_a_slow_worker_does_not_overwrite_a_quick_one(shelf: Shelf) -> None:
    shelf.put(work("a", text("en", "Old")))
    entries = list(OutboxEntry.objects.due())
    old = shelf.works["a"]
    shelf.put(work("a", text("en", "New")))
    worker.drain()
    shelf.works["a"] = old
    worker.index_entries(entries, get_engine())
    assert [hit.title for hit in service.search(SearchQuery()).hits] == ["New"]


def test_a_limit_takes_those_that_changed_last(shelf: Shelf) -> None:
    shelf.put(work("old"))
    OutboxEntry.objects.update(changed=timezone.now() - timedelta(days=1))
    shelf.put(work("new"))
    worker.drain(limit=1)
    assert works() == {"new"}


def test_a_lost_index_is_not_replaced_by_one_with_a_single_work(shelf: Shelf, index: Path) -> None:
    shelf.put(work("a"), work("b"))
    worker.drain()
    shutil.rmtree(index)
    shelf.put(work("c"))
    with pytest.raises(IndexMissing):
        worker.drain()
    assert OutboxEntry.objects.pending().count() == 1


def test_more_works_than_a_batch_are_all_indexed(shelf: Shelf) -> None:
    shelf.put(*(work(f"w{number}") for number in range(worker.BATCH + 5)))
    assert worker.drain().written == worker.BATCH + 5


def test_a_work_that_the_engine_will_not_take_holds_up_no_other(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put(work("a"), work("odd"), work("gone"))
    shelf.take("gone")
    engine = get_engine()
    write = engine.write

    def choosy(upserts: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()) -> WriteReport:
        taken = [document for document in upserts if document.work != "odd"]
        return replace(write(taken, deletes), failed={"odd": SearchError("No room for this one.")})

    monkeypatch.setattr(engine, "write", choosy)
    assert worker.drain() == worker.Drained(written=1, deleted=1, failed=1)
    assert works() == {"a"}
    (entry,) = OutboxEntry.objects.pending()
    assert (entry.work, entry.attempts, entry.error) == ("odd", 1, "SearchError: No room for this one.")


def test_an_index_that_is_ahead_of_a_restored_database_is_caught_up_with(shelf: Shelf) -> None:
    shelf.put(work("a", text("en", "From the future")))
    OutboxEntry.objects.update(version=50)
    worker.drain()
    OutboxEntry.objects.update(version=1, indexed_version=1)
    shelf.put(work("a", text("en", "Restored")))
    worker.drain()
    assert [hit.title for hit in service.search(SearchQuery()).hits] == ["Restored"]
    assert not OutboxEntry.objects.pending().exists()


def test_a_change_of_names_is_not_lost_to_an_edit_that_follows_it(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(work("a"))
    worker.drain()
    outbox.enqueue_everything()
    shelf.put(work("a", text("en", "Edited")))
    worker.drain()
    assert [hit.title for hit in service.search(SearchQuery()).hits] == ["Edited"]
    # Indexed with names that may be old ones: it waits for the time when they are not.
    (entry,) = OutboxEntry.objects.pending()
    assert entry.next_attempt == entry.names_settle()
    OutboxEntry.objects.update(names_changed=F("names_changed") - NAMES_SPREAD, next_attempt=None)
    worker.drain()
    assert not OutboxEntry.objects.pending().exists()


def test_a_withdrawal_does_not_wait_for_names(shelf: Shelf) -> None:
    shelf.put(work("a"))
    worker.drain()
    shelf.take("a")
    outbox.enqueue_everything()
    worker.drain()
    assert works() == set()


def test_noting_that_many_works_are_indexed_takes_as_many_queries_as_one(shelf: Shelf) -> None:
    def queries(count: int) -> int:
        shelf.put(*(work(f"w{number}") for number in range(count)))
        with CaptureQueriesContext(connection) as asked:
            worker.drain()
        return len(asked)

    one = queries(1)
    shelf.put(*(work(f"w{number}") for number in range(20)))
    worker.drain()
    assert queries(20) == one
