"""A worker that is killed as it recognises the text of a scan: another one takes it over, and no text is lost."""

from __future__ import annotations

from tests.killing.points import Point
from tests.killing.portal import Portal
from tests.resources.extraction.test_recognition import SENTENCE, installed, scan

RECOGNISING = "resources.extraction.recognising"

STEPS = [
    # A page was recognised, and nothing is kept.
    Point(RECOGNISING, "task.texts[str(page.page)] = page.text"),
    # All was recognised, and the document is not read again.
    Point(RECOGNISING, "jobs.extract(task.document)"),
    # It is read again, and what was read is half in the database.
    Point("resources.extraction.jobs", "document_read.send("),
]


@installed
def test_a_worker_killed_at_every_step_of_recognising_loses_no_text(portal: Portal) -> None:
    with portal.serving() as server:
        for number, step in enumerate(STEPS):
            portal.sign_in(server)
            # Each differs from the others.
            assert server.upload(f"scan-{number}.pdf", scan(SENTENCE) + b"\n%" + str(number).encode())
            day = 10 + 10 * number
            assert portal.call_killed("tests.killing.state:a_worker_later", at=step, days=day), step
            # Who was killed holds the scan for a while: then another begins.
            portal.later(days=day + 5)
            state = portal.state()
            assert state.faults == [], step
            assert [(document["status"], document["passages"]) for document in state.documents] == [
                ("extracted", 1)
            ] * (number + 1), step
