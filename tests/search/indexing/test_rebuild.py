from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from search import service
from search.engines import get_engine
from search.engines.embedded.engine import _SideIndex
from search.engines.embedded.storage import Storage
from search.errors import IndexBroken, RebuildRunning
from search.indexing import check, worker
from search.indexing.rebuild import rebuild
from search.models import OutboxEntry
from search.types import SearchDocument, SearchQuery
from tests.search.shelf import Shelf, text, work

pytestmark = pytest.mark.django_db


def titles() -> set[str]:
    return {hit.title for hit in service.search(SearchQuery(page_size=50)).hits}


def test_a_library_that_was_never_indexed_is_indexed_whole(shelf: Shelf) -> None:
    shelf.works = {key: work(key) for key in "abc"}
    done = rebuild()
    assert (done.works, done.failed) == (3, 0)
    assert titles() == {"Work a", "Work b", "Work c"}
    assert list(check.differences()) == []


def test_works_that_the_outbox_never_heard_of_are_read_once(shelf: Shelf) -> None:
    shelf.works = {key: work(key) for key in "abc"}
    whole, asked = shelf.documents, list[object]()

    def counting(works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        asked.append(tuple(works or ()))
        return whole(works)

    shelf.documents = counting  # type: ignore[method-assign]
    rebuild()
    assert asked == [("a", "b", "c")]


def test_a_lost_index_comes_back(shelf: Shelf, index: Path) -> None:
    shelf.put(work("a"))
    worker.drain()
    shutil.rmtree(index)
    assert service.search(SearchQuery()).available is False
    rebuild()
    assert titles() == {"Work a"}


def test_what_waited_is_done_by_a_rebuild(shelf: Shelf) -> None:
    shelf.put(work("a"), work("b"))
    shelf.take("b")
    rebuild()
    assert titles() == {"Work a"}
    assert not OutboxEntry.objects.pending().exists()


def test_changes_made_meanwhile_are_in_the_new_index(shelf: Shelf) -> None:
    shelf.put(work("a", text("en", "Old")), work("b"), work("gone"))
    worker.drain()
    whole = shelf.documents

    def changing(works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        shelf.documents = whole  # type: ignore[method-assign]
        yield from list(whole(works))
        # An editor works while the last of them are read, and search answers from the old index.
        shelf.put(work("a", text("en", "New")), work("c"))
        shelf.take("gone")
        assert "Old" in titles()

    shelf.documents = changing  # type: ignore[method-assign]
    rebuild()
    shelf.documents = whole  # type: ignore[method-assign]
    assert titles() == {"New", "Work b", "Work c"}
    assert list(check.differences()) == []
    assert not OutboxEntry.objects.pending().exists()


def test_a_work_that_cannot_be_prepared_is_counted_and_left_out(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    shelf.works = {"a": work("a"), "bad": work("bad", facets=None)}
    done = rebuild()
    assert (done.works, done.failed) == (1, 1)
    assert "The work bad cannot be indexed." in caplog.text


def test_a_second_rebuild_is_refused(shelf: Shelf) -> None:
    with get_engine().rebuild(), pytest.raises(RebuildRunning):
        rebuild()


def test_progress_is_told(shelf: Shelf) -> None:
    shelf.works = {f"w{number}": work(f"w{number}") for number in range(1001)}
    told: list[int] = []
    rebuild(told.append)
    assert told == [1000]


def test_a_rebuild_that_fails_leaves_what_was_pending(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuild()
    shelf.put(work("a"))
    with monkeypatch.context() as failing:
        failing.setattr(Storage, "publish", _full)
        with pytest.raises(IndexBroken):
            rebuild()
    assert OutboxEntry.objects.pending().count() == 1
    worker.drain()
    assert titles() == {"Work a"}


def _full(*_arguments: object) -> None:
    raise IndexBroken("The disk is full.")


def test_a_work_that_cannot_be_read_now_stays_pending_and_is_not_taken_for_gone(shelf: Shelf) -> None:
    shelf.put(work("a"), work("b"))
    worker.drain()
    shelf.broken.add("a")
    done = rebuild()
    assert (done.works, done.failed) == (1, 1)
    shelf.broken.clear()
    OutboxEntry.objects.update(next_attempt=None)
    worker.drain()
    assert titles() == {"Work a", "Work b"}


def test_a_change_between_the_last_look_and_publishing_is_not_lost(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.works = {"a": work("a")}
    publish = _SideIndex.publish

    def publish_late(side: _SideIndex) -> None:
        if not OutboxEntry.objects.exists():
            shelf.put(work("a", text("en", "Late")), work("new", text("en", "New")))
            worker.drain()
        publish(side)

    get_engine().create()
    monkeypatch.setattr(_SideIndex, "publish", publish_late)
    rebuild()
    assert titles() == {"Late", "New"}
    assert list(check.differences()) == []
