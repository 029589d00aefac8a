"""A full disk refuses what it can't keep, and says so; nothing is half there when there is room again."""

from __future__ import annotations

import pytest

from tests.killing.made import captions, report, table
from tests.killing.portal import Portal


@pytest.fixture
def small(portal: Portal) -> Portal:
    portal.begin(on_a_small_disk=True)
    return portal


def test_an_upload_onto_a_full_disk_is_not_acknowledged_and_leaves_nothing(small: Portal) -> None:
    with small.serving() as server:
        assert server.upload("before.pdf", report(1))
        for room in (0, 4096, 65536):
            # More than there is room for: the file itself; and hardly more: what is told of it.
            with small.full_disk(but=room, server=server):
                assert not server.upload(f"large-{room}.pdf", report(2) + b"\n%" + b"x" * 200_000)
                kept = server.upload(f"small-{room}.vtt", captions(room))
            names = [document["title"] for document in small.state().documents]
            assert f"large-{room}.pdf" not in names
            assert (f"small-{room}.vtt" in names) == kept
        assert server.upload("after.pdf", report(3))
    small.later()
    state = small.state()
    assert state.faults == []
    assert {"before.pdf", "after.pdf"} <= {document["title"] for document in state.documents}


def test_an_import_onto_a_full_disk_goes_on_when_there_is_room(small: Portal) -> None:
    path = table(small.folder / "in", 30, files=5)
    command = ("import_resources", str(path), "--files", str(path.parent), "--publish")
    small.state()
    for room in (0, 30_000, 200_000):
        with small.full_disk(but=room):
            process = small.start(*command)
            assert process.wait() > 0 or room
            worker = small.start("run_worker", "--once")
            assert worker.wait() == 0, worker.output
        keys = [page["key"] for page in small.call("tests.killing.state:pages")]
        assert len(keys) == len(set(keys))
    small.manage(*command)
    small.later()
    state = small.state()
    assert state.faults == []
    assert len(state.pages) == 30
    assert len(state.documents) == 5
