"""A full disk refuses what it can't keep, and says so; nothing is half there when there is room again."""

from __future__ import annotations

import re

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
                # Who sends it is told that it went wrong: he doesn't wait, and the line doesn't break.
                assert server.send(f"large-{room}.pdf", report(2) + b"\n%" + b"x" * 200_000) == 500
                answer = server.send(f"small-{room}.vtt", captions(room))
                assert answer in (302, 500)
                # Visitors notice nothing.
                assert [server.get(path) for path in ("/en/", "/en/search/?q=office", "/readyz")] == [200] * 3
            names = [document["title"] for document in small.state().documents]
            assert f"large-{room}.pdf" not in names
            assert (f"small-{room}.vtt" in names) == (answer == 302)
        assert server.upload("after.pdf", report(3))
    small.later()
    state = small.state()
    assert state.faults == []
    assert {"before.pdf", "after.pdf"} <= {document["title"] for document in state.documents}


def test_a_drop_onto_a_full_disk_is_not_acknowledged_and_can_be_sent_again(small: Portal) -> None:
    small.call("tests.killing.state:open_library")
    with small.serving() as server:
        batch = server.begin_drop()
        for room in (0, 65536):
            with small.full_disk(but=room, server=server):
                assert not server.drop(batch, "report.pdf", report(1) + b"\n%" + b"x" * 200_000)
        assert server.drop(batch, "report.pdf", report(1))
    small.later()
    state = small.state()
    assert state.faults == []
    assert [dropped["state"] for dropped in state.dropped] == ["drafted"]


def test_an_import_onto_a_full_disk_goes_on_when_there_is_room(small: Portal) -> None:
    path = table(small.folder / "in", 30, files=5)
    command = ("import_resources", str(path), "--files", str(path.parent), "--publish")
    small.state()
    for room in (0, 200_000, 1_500_000):
        with small.full_disk(but=room):
            process = small.start(*command)
            status = process.wait()
            worker = small.start("run_worker", "--once")
            assert worker.wait() == 0, worker.output
        there = [page["number"] for page in small.call("tests.killing.state:pages")]
        assert len(there) == len(set(there))
        # Each row that isn't there was told of by its line, and that not all is well.
        told = [int(line) - 2 for line in re.findall(r"^Line (\d+): It could not be saved: \S", process.output, re.M)]
        assert sorted([*there, *told]) == list(range(30)), process.output
        assert status == bool(told)
        [counted] = re.findall(r"^30 rows: (\d+) new, (\d+) updated, (\d+) unchanged, (\d+) left", process.output, re.M)
        *kept, left_out = map(int, counted)
        assert (sum(kept), left_out) == (len(there), len(told))
    small.manage(*command)
    small.later()
    state = small.state()
    assert state.faults == []
    assert len(state.pages) == 30
    assert len(state.documents) == 5
