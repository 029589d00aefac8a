"""Dropped files: what the portal said it has is there once, whoever is killed as it arrives, is read or published."""

from __future__ import annotations

import pytest

from tests.killing.made import report
from tests.killing.points import Point
from tests.killing.portal import Portal

FILES = "resources.atomic_files"
RECEIVING = "resources.intake.receiving"
QUEUE = "resources.intake.queue"
DRAFTING = "resources.intake.drafting"
PUBLISHING = "resources.intake.publishing"

ARRIVING = [
    # Nothing of it is on the disk.
    Point(RECEIVING, "stored = storage.save("),
    # Its place is taken, and empty.
    Point(FILES, "Path(part).replace(self.path(kept))"),
    # It lies there, and the database doesn't know.
    Point(RECEIVING, "dropped.file.name = stored"),
    Point(RECEIVING, "dropped.save()"),
    # The database knows, and nobody was told.
    Point(RECEIVING, "return Received(dropped, is_new=True)"),
]
READING = [
    # It is taken up, and not read.
    Point(QUEUE, "taken.append(dropped)"),
    # It is read, and nothing made of it.
    Point(QUEUE, "dropped = taken[done]"),
    # There is a document, and what was read is not stored.
    Point(DRAFTING, "likeness.keep(document, hashes)"),
    # What was read is stored, and there is no draft.
    Point(DRAFTING, "put(page, parent, by)"),
    # The draft is there, and its row doesn't know.
    Point(DRAFTING, "dropped.document, dropped.page ="),
]


@pytest.fixture
def portal(portal: Portal) -> Portal:
    """With a library for what is dropped."""
    portal.call("tests.killing.state:open_library")
    return portal


def test_a_server_killed_as_files_are_dropped_keeps_what_it_acknowledged(portal: Portal) -> None:
    contents = {f"report-{number}.pdf": report(number) for number in range(len(ARRIVING) + 1)}
    with portal.serving() as server:
        batch = server.begin_drop()
        for step, (name, content) in zip(ARRIVING, contents.items(), strict=False):
            server.dies_at(step)
            assert not server.drop(batch, name, content), step
            # The page sends again what broke off.
            assert server.drop(batch, name, content), step
        assert server.drop(batch, *list(contents.items())[-1])
        # All of it ends with the last word just said.
        server.kill()
        server.start()
        kept = portal.state().dropped
        assert sorted(dropped["name"] for dropped in kept) == sorted(contents)
    portal.later()
    state = portal.state()
    assert state.faults == []
    assert [dropped["state"] for dropped in state.dropped] == ["drafted"] * len(contents)
    assert len({document["checksum"] for document in state.documents}) == len(state.documents) == len(contents)
    assert [document["passages"] for document in state.documents] == [2] * len(contents)


def test_a_worker_killed_while_it_reads_drops_makes_one_draft_of_each(portal: Portal) -> None:
    with portal.serving() as server:
        batch = server.begin_drop()
        for number, step in enumerate(READING):
            portal.sign_in(server)
            assert server.drop(batch, f"report-{number}.pdf", report(number))
            day = 10 + 10 * number
            assert portal.call_killed("tests.killing.state:a_worker_later", at=step, days=day), step
            # Who was killed holds the file for a while: then another begins.
            portal.later(days=day + 5)
            state = portal.state()
            assert state.faults == [], step
            assert [(dropped["state"], dropped["reason"]) for dropped in state.dropped] == [("drafted", "")] * (
                number + 1
            )
            assert len(state.documents) == len(state.pages) == number + 1
    assert [document["passages"] for document in state.documents] == [2] * len(READING)


@pytest.mark.parametrize(
    "step", [Point(QUEUE, "work(dropped)", turn=2), Point(PUBLISHING, "dropped.problems = _problems(dropped)", turn=3)]
)
def test_a_worker_killed_while_it_publishes_drafts_publishes_each_once(portal: Portal, step: Point) -> None:
    with portal.serving() as server:
        batch = server.begin_drop()
        for number in range(3):
            assert server.drop(batch, f"report-{number}.pdf", report(number))
    portal.later()
    assert portal.call("tests.killing.state:want_published", task="publish") == 3
    assert portal.call_killed("tests.killing.state:a_worker_later", at=step, days=20), step
    portal.later(days=25)
    state = portal.state()
    assert state.faults == []
    assert [dropped["problems"] for dropped in state.dropped] == [{}] * 3
    assert [page["live"] for page in state.pages] == [True] * 3
