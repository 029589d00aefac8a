"""An import that is killed at any step, and run again, makes nothing twice and loses nothing."""

from __future__ import annotations

from tests.killing.made import table
from tests.killing.points import Point
from tests.killing.portal import Portal

ROWS = 120
FILES = 5
APPLY = "resources.importing.apply"
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
    # Some files are read.
    Point("resources.extraction.jobs", "store(document, reading.outcome)", turn=3),
]


def test_killed_at_every_step_one_after_the_other_and_run_again(portal: Portal) -> None:
    path = table(portal.folder / "in", ROWS, files=FILES)
    command = ("import_resources", str(path), "--files", str(path.parent), "--publish")
    kept: set[str] = set()
    for step in STEPS:
        portal.killed(*command, at=step)
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
