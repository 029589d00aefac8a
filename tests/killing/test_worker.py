"""A worker that is killed as it reads files and indexes works, and two workers at once."""

from __future__ import annotations

import signal

from tests.killing.made import table
from tests.killing.points import Point
from tests.killing.portal import KILLED, Portal

FILES = 4
JOBS = "resources.extraction.jobs"
WRITING = "search.engines.embedded.writing"
STORAGE = "search.engines.embedded.storage"


UNREAD = Point("resources.importing.apply", "jobs.extract_many(writer.documents.added)")
UNINDEXED = Point("search.indexing.outbox", "worker.drain(limit=limit)")


def library(portal: Portal, *, killed_at: Point, rows: int = 6) -> None:
    """Rows are in, and not read, or not indexed: the import was killed."""
    path = table(portal.folder / "in", rows, files=FILES)
    command = ("import_resources", str(path), "--files", str(path.parent), "--publish")
    assert portal.killed(*command, at=killed_at)


def worker_killed(portal: Portal, point: Point) -> bool:
    return portal.call_killed("tests.killing.state:a_worker_later", at=point)


def test_killed_at_every_step_of_reading(portal: Portal) -> None:
    library(portal, killed_at=UNREAD)
    for step in (
        # A file is read, and nothing kept.
        Point(JOBS, "store(document, reading.outcome)"),
        # What was read is half in the database.
        Point(JOBS, "Passage.objects.bulk_create(passages, batch_size=500)", turn=2),
        Point(JOBS, "document_read.send(sender=PortalDocument, document=document)", turn=2),
        # Works that have passages now are written again.
        Point(WRITING, "works.commit()", turn=2),
    ):
        assert worker_killed(portal, step), step
    portal.later()
    state = portal.state()
    assert state.faults == []
    assert [document["passages"] for document in state.documents] == [1] * FILES


def test_killed_at_every_step_of_indexing(portal: Portal) -> None:
    library(portal, killed_at=UNINDEXED)
    for step in (
        # The first index is made, and doesn't answer yet.
        Point(STORAGE, "fresh.replace(self._pointer)"),
        # Works are with Tantivy, and not on the disk.
        Point(WRITING, "passages.commit()"),
        # Passages are in the index, their works are not.
        Point(WRITING, "works.commit()"),
    ):
        assert worker_killed(portal, step), step
    portal.later()
    assert portal.state().faults == []


def test_killed_before_the_outbox_knows(portal: Portal) -> None:
    library(portal, killed_at=UNINDEXED)
    for step in (
        # Works are in the index, and the outbox doesn't know.
        Point("search.indexing.worker", "now = timezone.now()"),
        # What failed or was refused is noted, and not yet what was written.
        Point("search.indexing.worker", "OutboxEntry.objects.filter(pk__in=rows, indexed_version__lt=version).update("),
    ):
        assert worker_killed(portal, step), step
    portal.later()
    assert portal.state().faults == []


def test_killed_in_a_rebuild(portal: Portal) -> None:
    library(portal, killed_at=UNINDEXED)
    portal.later()
    for step in (
        Point(WRITING, "works.commit()"),
        Point(STORAGE, "fresh.replace(self._pointer)"),
        Point(STORAGE, "shutil.rmtree(path, ignore_errors=True)"),
    ):
        assert portal.killed("search_index", "--rebuild", at=step), step
        assert portal.state().faults == [], step
    portal.manage("search_index", "--rebuild")
    portal.manage("search_index", "--check")
    # Of what was half made nothing is left.
    kept = [path for path in (portal.data / "index").iterdir() if path.is_dir()]
    assert len(kept) == 1


def test_two_workers_at_once_do_everything_once(portal: Portal) -> None:
    library(portal, killed_at=UNREAD, rows=8)
    # Each stands still with a file read and nothing stored, then both go on at the same moment.
    held = Point(JOBS, "store(document, reading.outcome)", number=signal.SIGSTOP)
    workers = [portal.start_call("tests.killing.state:a_worker_later", points=[held]) for _ in range(2)]
    for worker in workers:
        worker.wait_until("T")
    for worker in workers:
        worker.signal(signal.SIGCONT)
    assert [worker.wait() for worker in workers] == [0, 0], [worker.output for worker in workers]
    portal.later()
    state = portal.state()
    assert state.faults == []
    assert [document["passages"] for document in state.documents] == [1] * FILES


def test_a_worker_and_an_import_that_writes_are_in_nobody_s_way(portal: Portal) -> None:
    library(portal, killed_at=UNREAD)
    worker = portal.start("run_worker", "--pause", "0.01")
    path = table(portal.folder / "more", 30)
    portal.manage("import_resources", str(path), "--publish")
    worker.signal(signal.SIGKILL)
    assert worker.wait() == KILLED
    portal.later()
    state = portal.state()
    assert state.faults == []
    assert len(state.pages) == 30
