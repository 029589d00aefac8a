from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from search import service
from search.engines import get_engine
from search.errors import RebuildRunning
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
        asked.append(works)
        return whole(works)

    shelf.documents = counting  # type: ignore[method-assign]
    rebuild()
    assert asked == [None]


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
        if works is not None:
            yield from whole(works)
            return
        yield from list(whole())
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
