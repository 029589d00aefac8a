"""Somebody else has the database for himself, such as a backup or a migration: who waits in vain is told, and what the
worker can't do now it does later.
"""

from __future__ import annotations

import signal

from tests.killing.made import captions, table
from tests.killing.points import Point
from tests.killing.portal import KILLED, Portal


def test_an_upload_that_waits_in_vain_is_not_acknowledged(portal: Portal) -> None:
    with portal.serving() as server:
        with portal.locked():
            assert not server.upload("waiting.vtt", captions(1), seconds=3)
        # Who waited longer than his browser did has sent it for nothing, or it is there whole.
        assert server.upload("after.vtt", captions(2))
    portal.later()
    state = portal.state()
    assert state.faults == []
    assert [document["title"] for document in state.documents if document["title"] == "after.vtt"] == ["after.vtt"]


def test_a_worker_that_meets_a_lock_goes_on_afterwards(portal: Portal) -> None:
    path = table(portal.folder / "in", 5, files=2)
    unread = Point("resources.importing.apply", "jobs.extract_many(writer.documents.added)")
    assert portal.killed("import_resources", str(path), "--files", str(path.parent), "--publish", at=unread)
    held = Point("search.indexing.worker", "written = write_works(", number=signal.SIGSTOP)
    worker = portal.start("run_worker", "--pause", "0.05", points=[held])
    worker.wait_until("T")
    with portal.locked():
        worker.signal(signal.SIGCONT)
        # It waits for the lock, or tries in vain, and stays.
        assert portal.ask({"wait": worker.pid, "seconds": 2}) == {"status": None}
    portal.until(lambda: portal.state().waiting == 0)
    worker.signal(signal.SIGKILL)
    assert worker.wait() == KILLED
    portal.later()
    assert portal.state().faults == []


def test_an_import_waits_for_its_turn(portal: Portal) -> None:
    path = table(portal.folder / "in", 75)
    held = Point("resources.importing.apply", "progress(min(start + CHUNK", number=signal.SIGSTOP)
    process = portal.start("import_resources", str(path), points=[held])
    process.wait_until("T")
    with portal.locked():
        process.signal(signal.SIGCONT)
        assert portal.ask({"wait": process.pid, "seconds": 1}) == {"status": None}
    assert process.wait() == 0, process.output
    state = portal.state()
    assert state.faults == []
    assert len(state.pages) == 75
