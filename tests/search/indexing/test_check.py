from __future__ import annotations

import pytest

from search import service
from search.engines import get_engine
from search.indexing import check, worker
from search.indexing.check import Kind
from search.indexing.prepare import prepare
from search.models import OutboxEntry
from search.types import SearchQuery
from tests.search.shelf import Shelf, text, work

pytestmark = pytest.mark.django_db


def found() -> dict[str, Kind]:
    return {difference.work: difference.kind for difference in check.differences()}


def test_an_index_that_agrees_has_no_difference(shelf: Shelf) -> None:
    shelf.put(work("a"), work("b"))
    worker.drain()
    assert found() == {}


def test_every_difference_is_named_and_mended(shelf: Shelf) -> None:
    shelf.put(work("same"), work("changed"), work("extra"))
    worker.drain()
    shelf.works["changed"] = work("changed", text("en", "Changed behind our back"))
    shelf.works["missing"] = work("missing")
    del shelf.works["extra"]
    assert found() == {"changed": Kind.DIFFERENT, "missing": Kind.MISSING, "extra": Kind.EXTRA}
    done = check.repair(list(check.differences()))
    assert (done.written, done.deleted, done.failed) == (2, 1, 0)
    assert found() == {}


def test_what_waits_in_the_outbox_is_marked(shelf: Shelf) -> None:
    shelf.put(work("a"))
    get_engine().create()
    (difference,) = check.differences()
    assert difference.waiting
    assert difference.title == "Work a"


def test_a_database_restored_from_a_backup_can_be_repaired(shelf: Shelf) -> None:
    shelf.put(work("a"))
    worker.drain()
    # The index has seen versions that the restored database has not.
    get_engine().write([prepare(work("a", text("en", "From the future"), version=50))])
    OutboxEntry.objects.update(version=2, indexed_version=2)
    check.repair(list(check.differences()))
    assert found() == {}
    shelf.put(work("a", text("en", "Next")))
    worker.drain()
    assert [hit.title for hit in service.search(SearchQuery()).hits] == ["Next"]
