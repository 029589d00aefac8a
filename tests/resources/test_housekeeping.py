"""What the worker does by the way: scheduled works appear, files left behind are read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from resources import housekeeping
from resources.extraction import jobs
from resources.models import ExtractionStatus, FactSheetPage, PortalDocument
from resources.tree import library_for
from search.signals import worker_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nສະບາຍດີ ປະກັນສັງຄົມ\n".encode()


@pytest.fixture(autouse=True)
def first_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_last", None)


def left_behind() -> PortalDocument:
    with jobs.held():
        document = PortalDocument.objects.create(title="Captions", file=ContentFile(CAPTIONS, name="lao.vtt"))
    PortalDocument.objects.filter(pk=document.pk).update(created_at=timezone.now() - timedelta(hours=1))
    return document


def test_a_file_whose_reading_was_interrupted_is_read_by_the_worker() -> None:
    document = left_behind()
    call_command("run_worker", "--once")
    document.refresh_from_db()
    assert document.extraction_status == ExtractionStatus.EXTRACTED
    assert document.passages.get().text == "ສະບາຍດີ ປະກັນສັງຄົມ"


def test_a_file_whose_reading_is_interrupted_again_and_again_is_given_up() -> None:
    document = left_behind()
    PortalDocument.objects.filter(pk=document.pk).update(extraction_attempts=housekeeping.MOST_ATTEMPTS)
    housekeeping.round_of_work()
    document.refresh_from_db()
    assert (document.extraction_status, document.extraction_reason) == (ExtractionStatus.FAILED, "interrupted")
    assert document.media_type == "text/vtt"


def test_a_work_whose_time_has_come_is_published_by_the_worker() -> None:
    earlier = timezone.now() - timedelta(minutes=1)
    page = FactSheetPage(title="Due", slug="due", summary="S", live=False, go_live_at=earlier)
    library_for("en").add_child(instance=page)
    page.save_revision(approved_go_live_at=earlier)
    call_command("run_worker", "--once")
    page.refresh_from_db()
    assert page.live


def test_regular_work_that_fails_stops_no_indexing(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def fail(**_kwargs: Any) -> None:
        raise RuntimeError("out of order")

    worker_round.connect(fail)
    try:
        call_command("run_worker", "--once")
    finally:
        worker_round.disconnect(fail)
    assert "Regular work failed" in caplog.text


def test_regular_work_is_not_done_every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(housekeeping, "call_command", lambda name: done.append(name))
    for _round in range(3):
        housekeeping.round_of_work()
    assert done == ["publish_scheduled"]
