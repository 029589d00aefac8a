"""A server that is killed as it takes a file: what it said it has is there, and what it had not said leaves nothing."""

from __future__ import annotations

from tests.killing.made import captions, report
from tests.killing.points import Point
from tests.killing.portal import Portal

FILES = "resources.atomic_files"
JOBS = "resources.extraction.jobs"

STEPS = [
    # Nothing of it is on the disk.
    Point(FILES, "super()._save"),
    # It is being written.
    Point("django.core.files.storage.filesystem", "locks.unlock(fd)"),
    # It lies beside its place.
    Point(FILES, "kept = self._reserved(name)"),
    # Its place is taken, and empty.
    Point(FILES, "Path(part).replace(self.path(kept))"),
    # It lies there, and the database doesn't know.
    Point(FILES, "return kept"),
    # The database knows, and nobody was told.
    Point(JOBS, "every = list(documents)"),
    # It is read, and its picture kept.
    Point(JOBS, "before, document.thumbnail = "),
    # What was read is half in the database.
    Point(JOBS, "document_read.send("),
    # All is done, and the editor isn't told.
    Point("resources.file_report", "if document.extraction_status == ExtractionStatus.FAILED:", whole_group=True),
]


def test_a_server_killed_at_every_step_of_an_upload_keeps_what_it_acknowledged(portal: Portal) -> None:
    contents = {f"report-{number}.pdf": report(number) for number in range(len(STEPS) + 1)}
    acknowledged = []
    with portal.serving() as server:
        for step, (name, content) in zip(STEPS, contents.items(), strict=False):
            server.dies_at(step)
            assert not server.upload(name, content), step
            if step.whole_group:
                server.start()
            # The next one is kept beside what was left behind.
            assert server.upload(f"after-{name}", content), step
            acknowledged.append(f"after-{name}")
    portal.later()
    state = portal.state()
    assert state.faults == []
    kept = [document["title"] for document in state.documents]
    assert sorted(title for title in kept if title.startswith("after-")) == sorted(acknowledged)
    # Of those that nobody was told of there is the whole file or nothing.
    assert set(kept) <= {*acknowledged, *contents}
    assert len(set(kept)) == len(kept)


def test_a_file_in_place_of_another_is_the_old_one_or_the_new_one(portal: Portal) -> None:
    with portal.serving() as server:
        assert server.upload("film.vtt", captions(1))
        (document,) = portal.state().documents
        for number, step in enumerate((Point(FILES, "return kept"), Point(JOBS, "every = list(documents)")), 2):
            server.dies_at(step)
            answer = server.post(
                f"/admin/documents/edit/{document['id']}/",
                {"title": f"film {number}", "file": ("film.vtt", captions(number)), "collection": "1", "tags": ""},
            )
            assert answer is None, step
            (document,) = portal.state().documents
            assert document["title"] == ("film.vtt" if number == 2 else "film 3")
    portal.later()
    state = portal.state()
    assert state.faults == []
    assert state.documents[0]["passages"] == 1
