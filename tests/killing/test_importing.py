"""An import that is killed at any step, and run again, makes nothing twice and loses nothing."""

from __future__ import annotations

from tests.killing.made import table
from tests.killing.points import Point
from tests.killing.portal import Portal

ROWS = 120
FILES = 5
APPLY = "resources.importing.apply"
RUNNING = "resources.imports.queue.running"
UNDOING = "resources.imports.queue.undoing"
RUNS = "tests.killing.runs"
NEW_PAGES = "resources.importing.new_pages"

STEPS = [
    # Before anything is there.
    Point(APPLY, "written = writer.write(rows)"),
    # The first rows are half written: their files lie there, and their pages without what belongs to them.
    Point(NEW_PAGES, "_insert_children(pages)"),
    # They are written whole, and nothing is committed.
    Point(APPLY, "note(written, [])"),
    # They are committed, and nobody has been told.
    Point(APPLY, "progress(min(start + CHUNK"),
    # In the middle of the third lot.
    Point(NEW_PAGES, "_insert_children(pages)", turn=2),
    # All rows are in, and no file is read.
    Point(APPLY, "jobs.extract_many(writer.documents.added)"),
]


def test_killed_at_every_step_one_after_the_other_and_run_again(portal: Portal) -> None:
    path = table(portal.folder / "in", ROWS, files=FILES)
    command = ("import_resources", str(path), "--files", str(path.parent), "--publish")
    kept: set[str] = set()
    for step in STEPS:
        assert portal.killed(*command, at=step), step
        # What was there once is there still, and no page is there twice or by half.
        pages = portal.call("tests.killing.state:pages")
        keys = [page["key"] for page in pages]
        assert kept <= set(keys), step
        assert len(keys) == len(set(keys)), step
        assert [page["files"] for page in pages] == [page["number"] < FILES for page in pages], step
        kept = set(keys)
    portal.manage(*command)
    portal.later()
    everything = portal.state()
    assert everything.faults == []
    assert sorted(page["number"] for page in everything.pages) == list(range(ROWS))
    assert all(page["live"] for page in everything.pages)
    assert len({document["checksum"] for document in everything.documents}) == len(everything.documents) == FILES


def test_killed_as_some_files_are_read(portal: Portal) -> None:
    path = table(portal.folder / "in", FILES, files=FILES)
    command = ("import_resources", str(path), "--files", str(path.parent), "--publish")
    assert portal.killed(*command, at=Point("resources.extraction.jobs", "store(document, reading.outcome)", turn=3))
    assert [document["passages"] for document in portal.state().documents].count(1) == 2
    portal.manage(*command)
    portal.later()
    everything = portal.state()
    assert everything.faults == []
    assert [document["passages"] for document in everything.documents] == [1] * FILES


def test_killed_as_a_row_of_drafts_is_brought_up_to_date(portal: Portal) -> None:
    path = table(portal.folder / "in", 3)
    portal.manage("import_resources", str(path))
    path.write_text(path.read_text().replace("In short.", "In other words."))
    assert portal.killed(
        "import_resources", str(path), at=Point("resources.importing.pages", "return Written(Outcome.UPDATED", 2)
    )
    assert {page["summary"] for page in portal.call("tests.killing.state:pages")} == {"In short."}
    portal.manage("import_resources", str(path))
    everything = portal.state()
    assert everything.faults == []
    assert [page["summary"] for page in everything.pages] == ["In other words."] * 3
    assert not any(page["live"] for page in everything.pages)


def test_a_run_of_the_admin_is_killed_at_every_step_and_undone_so_too(portal: Portal) -> None:
    path = table(portal.folder / "in", ROWS, files=FILES)
    assert portal.call(f"{RUNS}:begun", path=str(path)) == "running"
    kept = 0
    for step in (
        # Nothing is written.
        Point(RUNNING, "written: dict[str, Written] = self.writer.write(fit)"),
        # Pages are half written, one row alone after a kill.
        Point(NEW_PAGES, "_insert_children(pages)"),
        # Pages are written, and not noted.
        Point(RUNNING, "_note_written(rows, written, added)", turn=2),
        # They are noted, and their files not read.
        Point(RUNNING, "self._read(self.writer.documents.added[before:])"),
        # In the middle of the others.
        Point(NEW_PAGES, "_insert_children(pages)", turn=2),
    ):
        assert portal.call_killed(f"{RUNS}:worked_off", at=step), step
        keys = [page["key"] for page in portal.call("tests.killing.state:pages")]
        assert len(keys) == len(set(keys)) >= kept, step
        kept = len(keys)
    assert portal.call(f"{RUNS}:worked_off") == ["done", *["created"] * ROWS]
    portal.later()
    assert sorted(page["number"] for page in portal.state().pages) == list(range(ROWS))
    portal.call(f"{RUNS}:undoing")
    for step in (
        Point(UNDOING, "_take_back(row, user)"),
        # A page is gone, and its row doesn't say so.
        Point(UNDOING, 'row.save(update_fields=["status", "problems"])', turn=5),
        # All pages are gone, and some of their files.
        Point(UNDOING, "document.delete()", turn=2),
    ):
        assert portal.call_killed(f"{RUNS}:worked_off", at=step), step
    assert portal.call(f"{RUNS}:worked_off") == ["undone", *["undone"] * ROWS]
    portal.call(f"{RUNS}:forgotten")
    portal.later()
    everything = portal.state()
    assert everything.faults == []
    assert (everything.pages, everything.documents) == ([], [])
