"""Scans: recognised by the real Tesseract where it is installed, else marked; never at a visitor's cost."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from resources import housekeeping
from resources.extraction import jobs, noting, recognising, recognition
from resources.extraction.types import Limits
from resources.models import (
    Decision,
    ExtractionStatus,
    PortalDocument,
    Recognition,
    RecognitionStatus,
    TextFinding,
)
from tests.resources.extraction import hostile, typeset
from tests.resources.extraction.test_extract_text import run

SENTENCE = "Old age pensions reach every village in the country"


def scan(*texts: str) -> bytes:
    """Pages that are pictures of text."""
    with pdfium.PdfDocument(typeset.pdf(*texts)) as document:
        pictures = [page.render(scale=3).to_pil().convert("L") for page in document]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


@pytest.fixture
def without_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


def kept(data: bytes, **more: Any) -> PortalDocument:
    document = PortalDocument(title="A scan", file=ContentFile(data, name="scan.pdf"), **more)
    with jobs.held():
        document.save()
    jobs.extract(document)
    document.refresh_from_db()
    return document


installed = pytest.mark.skipif(
    recognition.program() is None and os.environ.get("CI") != "true", reason="Tesseract is not installed"
)


@pytest.mark.django_db
@pytest.mark.usefixtures("without_program", "index")
def test_without_the_program_a_scan_is_marked_and_nothing_waits(tmp_path: Path) -> None:
    document = kept(scan(SENTENCE))
    assert (document.extraction_status, document.extraction_reason) == ("failed", "no_text")
    assert not Recognition.objects.exists()
    assert not recognising.recognise_next()
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(SENTENCE))
    status, [line] = run(str(path))
    assert (status, line["reason"], line["pages"]) == (1, "no_text", 1)


@installed
@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_the_worker_recognises_a_scan_and_it_is_read_again_with_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_last", None)
    document = kept(scan(SENTENCE, "The second page"))
    assert document.extraction_reason == "no_text"
    assert Recognition.objects.get().pages == [1, 2]
    housekeeping.round_of_work()
    document.refresh_from_db()
    assert document.extraction_status == ExtractionStatus.EXTRACTED
    assert [(passage.page, passage.text) for passage in document.passages.all()] == [
        (1, SENTENCE),
        (2, "The second page"),
    ]
    assert Recognition.objects.get().status == RecognitionStatus.DONE
    # What was recognised stays when the file is read again.
    jobs.extract(document)
    assert document.passages.count() == 2
    assert not recognising.recognise_next()


@pytest.mark.parametrize(
    ("text", "is_text"),
    [
        (SENTENCE, True),
        ("Được bảo vệ từ cổng nhà máy: bảo hiểm tai nạn", True),
        ("การขยายความคุ้มครองประกันสังคมในอาเซียน", True),
        ("miñimiiñut1ä81i11161ñ‡ m81710118ưn AWM §ñãj8mn8&J[HmỦÙñ8ñimädi", False),
        ("° ¢ ¢ U0C0OS9sUC OC c c coe Q c Cc fo)", False),
        ("", False),
    ],
)
def test_what_makes_no_words_is_no_text(text: str, is_text: bool) -> None:
    assert recognition.makes_words(text) is is_text


@installed
@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_a_scan_of_which_nothing_was_read_is_tried_again_in_the_language_that_an_editor_says() -> None:
    document = kept(scan(SENTENCE))
    Recognition.objects.update(status=RecognitionStatus.FAILED, reason="no_text")
    jobs.extract(document)
    assert not recognising.recognise_next()
    document.language = "en"
    jobs.extract(document)
    assert recognising.recognise_next()
    assert document.passages.get().text == SENTENCE


@installed
def test_the_command_recognises_too(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(SENTENCE))
    status, [line] = run("--text", str(path))
    assert (status, line["text"], line["language"]) == (0, [SENTENCE], "en")


@installed
@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_a_scan_that_takes_too_long_is_told_and_does_not_wait_again(settings: Any) -> None:
    settings.OCR_SECONDS = 0
    kept(scan(SENTENCE))
    assert recognising.recognise_next()
    task = Recognition.objects.get()
    assert (task.status, task.reason) == (RecognitionStatus.FAILED, "took_too_long")
    assert not recognising.recognise_next()


@installed
@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_a_long_scan_is_done_a_part_at_a_time_by_one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    document = kept(scan(SENTENCE, "The second page"))
    monkeypatch.setattr(recognising, "ROUND_SECONDS", 0.001)
    assert recognising.recognise_next()
    task = Recognition.objects.get()
    assert (task.status, task.attempts, task.begun_at) == (RecognitionStatus.WAITING, 0, None)
    Recognition.objects.update(begun_at=timezone.now())
    assert not recognising.recognise_next()
    Recognition.objects.update(begun_at=None, texts={"1": "done before"})
    monkeypatch.setattr(recognising, "ROUND_SECONDS", 60)
    assert recognising.recognise_next()
    assert [passage.text for passage in document.passages.all()] == ["done before", "The second page"]


@installed
@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_a_scan_that_took_the_worker_with_it_is_given_up() -> None:
    kept(scan(SENTENCE))
    Recognition.objects.update(attempts=recognising.LEASES.most_attempts)
    recognising.recognise_next()
    assert Recognition.objects.get().reason == "interrupted"


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program of the name, where it is only asked whether it is there."""
    path = tmp_path / "bin" / "tesseract"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\nexit 1\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}:{os.environ['PATH']}")


class Killed(BaseException):
    """As the system ends a process: nothing that catches errors catches it."""


@pytest.mark.django_db
@pytest.mark.usefixtures("index", "program")
def test_a_worker_that_dies_when_all_is_recognised_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    document = kept(scan(SENTENCE))
    PortalDocument.objects.update(extraction_attempts=housekeeping.MOST_ATTEMPTS)
    Recognition.objects.all().delete()
    Recognition.objects.create(document=document, checksum=document.checksum, pages=[1], texts={"1": SENTENCE})

    def die(*_documents: Any) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(jobs, "extract", die)
        with pytest.raises(Killed):
            recognising.recognise_next()
    PortalDocument.objects.update(created_at=timezone.now() - housekeeping.LEFT_BEHIND * 2)
    housekeeping.round_of_work(at_once=True)
    assert document.passages.get().text == SENTENCE


@pytest.mark.django_db
@pytest.mark.usefixtures("index", "program")
def test_a_scan_that_another_worker_took_over_is_not_written_by_the_first() -> None:
    document = kept(scan(SENTENCE))
    Recognition.objects.all().delete()
    Recognition.objects.create(document=document, checksum=document.checksum, pages=[1], texts={"1": SENTENCE})
    mine = recognising._taken_up()
    assert mine is not None
    assert recognising._taken_up() is None
    Recognition.objects.update(begun_at=timezone.now() - recognising.LEASES.length * 2)
    assert recognising._taken_up() is not None
    recognising._end(mine, None)
    assert Recognition.objects.get().status == RecognitionStatus.WAITING
    assert not document.passages.exists()


@installed
@pytest.mark.parametrize("data", [hostile.huge_image(60_000), hostile.forms_of_forms(12, 10), b"%PDF-1.7 nothing"])
def test_what_cannot_be_drawn_is_not_recognised_and_ends(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    limits = Limits(seconds=2)
    found = list(recognition.recognise(path, [1], "en", seconds=20, memory_mb=512, limits=limits))
    assert all(page.text in ("", "Under the image") for page in found)


@installed
@pytest.mark.django_db
@pytest.mark.usefixtures("index")
def test_text_that_is_garbage_is_recognised_instead_when_an_editor_wants_it() -> None:
    document = kept(typeset.pdf("Q%w+r=t pl%gh+j zx+c=v " * 20))
    garbage = document.passages.get().text
    finding = document.text_findings.get()
    assert (finding.trouble, finding.decision) == ("no_words", Decision.PROPOSED)
    TextFinding.objects.update(decision=Decision.ACCEPTED)
    noting.recognise_instead(document)
    Recognition.objects.update(texts={"1": SENTENCE})
    assert recognising.recognise_next()
    assert document.passages.get().text == SENTENCE
    assert document.original_texts.get().text == garbage
    TextFinding.objects.update(decision=Decision.REFUSED)
    jobs.extract(document)
    assert document.passages.get().text == garbage
