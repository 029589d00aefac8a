from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override

from resources.extraction import jobs
from resources.extraction.reasons import SENTENCES, sentence
from resources.extraction.types import FailureReason
from resources.models import ExtractionStatus, PortalDocument
from tests.resources.extraction import hostile, typeset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def document(data: bytes, name: str = "file.pdf", **fields: Any) -> PortalDocument:
    with jobs.held():
        return PortalDocument.objects.create(title=name, file=ContentFile(data, name=name), **fields)


def stored(one: PortalDocument) -> PortalDocument:
    return PortalDocument.objects.get(pk=one.pk)


def test_a_file_that_cannot_be_read_is_kept_and_marked_with_the_reason() -> None:
    for data, reason in ((hostile.encrypted("x"), "encrypted"), (b"%PDF-1.7 cut", "damaged"), (b"", "empty")):
        one = document(data)
        jobs.extract(one)
        row = stored(one)
        assert (row.extraction_status, row.extraction_reason) == (ExtractionStatus.FAILED, reason)
        assert (row.extraction_attempts, row.passages.count()) == (1, 0)
        assert row.extracted_at is not None
        assert row.reading_outcome == str(SENTENCES[FailureReason(reason)])
        assert row.file.storage.exists(row.file.name)


def test_a_file_that_is_gone_is_missing() -> None:
    one = document(hostile.simple())
    one.file.storage.delete(one.file.name)
    jobs.extract(one)
    assert stored(one).extraction_reason == "missing"


def test_a_failure_takes_the_old_passages_and_picture_away(
    media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    one = document(typeset.pdf("Text"))
    with django_capture_on_commit_callbacks(execute=True):
        jobs.extract(one)
    assert len(list(media.glob("thumbnails/*.webp"))) == 1
    Path(one.file.path).write_bytes(b"%PDF-1.7 spoilt")
    with django_capture_on_commit_callbacks(execute=True):
        jobs.extract(one)
    row = stored(one)
    assert (row.extraction_reason, row.passages.count(), row.thumbnail.name) == ("damaged", 0, "")
    assert not list(media.glob("thumbnails/*.webp"))


def test_the_pages_of_a_pdf_are_passages_in_the_language_found() -> None:
    one = document(typeset.pdf(typeset.TEXTS["km"], "", typeset.TEXTS["km"] * 2, language="km"))
    jobs.extract(one)
    row = stored(one)
    assert row.extraction_status == ExtractionStatus.EXTRACTED
    assert (row.media_type, row.pages, row.detected_language, row.extraction_reason) == ("application/pdf", 3, "km", "")
    assert [(passage.position, passage.page, passage.language) for passage in row.passages.all()] == [
        (0, 1, "km"),
        (1, 3, "km"),
    ]
    assert row.thumbnail.size > 500
    assert len(row.checksum) == 64


def test_an_editors_language_goes_before_the_one_found_and_both_are_kept() -> None:
    one = document(typeset.pdf(typeset.TEXTS["pt"]), language="en")
    jobs.extract(one)
    row = stored(one)
    assert (row.language, row.detected_language, row.passages.get().language) == ("en", "pt", "en")


def test_captions_and_their_times_are_passages() -> None:
    one = document("WEBVTT\n\n00:01.500 --> 00:03.000\nສະບາຍດີ\n".encode(), "captions.vtt")
    jobs.extract(one)
    passage = stored(one).passages.get()
    assert (passage.start, passage.end, passage.page, passage.language) == (1.5, 3.0, None, "lo")


def test_reading_again_replaces_what_was_read() -> None:
    one = document(typeset.pdf("One", "Two"))
    jobs.extract(one)
    jobs.extract(one)
    row = stored(one)
    assert (row.passages.count(), row.extraction_attempts, one.extraction_attempts) == (2, 2, 2)


def test_a_document_deleted_or_given_another_file_meanwhile_is_left_alone(media: Path) -> None:
    gone, replaced = document(hostile.simple("Gone")), document(hostile.simple("Old"))
    old = PortalDocument.objects.get(pk=replaced.pk)
    replaced.file.save("new.pdf", ContentFile(hostile.simple("New")), save=False)
    PortalDocument.objects.filter(pk=replaced.pk).update(file=replaced.file.name)
    PortalDocument.objects.filter(pk=gone.pk).delete()
    jobs.extract_many([gone, old])
    assert stored(replaced).extraction_status == ExtractionStatus.PENDING
    assert not stored(replaced).passages.exists()


def test_many_documents_are_read_and_a_bad_one_harms_no_other() -> None:
    every = [document(hostile.simple(f"Number {number}")) for number in range(4)]
    every.insert(2, document(hostile.bomb(700)))
    jobs.extract_many(every)
    assert [stored(one).extraction_status for one in every] == [
        "extracted",
        "extracted",
        "failed",
        "extracted",
        "extracted",
    ]
    assert stored(every[3]).passages.get().text == "Number 2"


def test_who_listens_hears_of_every_reading_when_it_is_stored() -> None:
    heard: list[tuple[int, str]] = []

    def listen(document: PortalDocument, **_: Any) -> None:
        heard.append((document.pk, PortalDocument.objects.get(pk=document.pk).extraction_status))

    jobs.document_read.connect(listen)
    try:
        good, bad = document(hostile.simple()), document(b"%PDF-")
        jobs.extract_many([good, bad])
    finally:
        jobs.document_read.disconnect(listen)
    assert heard == [(good.pk, "extracted"), (bad.pk, "failed")]


def test_a_new_replaced_or_renamed_language_needs_reading_and_nothing_else() -> None:
    one = document(hostile.simple())
    assert jobs.needs_reading(one)
    with jobs.held():
        assert not jobs.needs_reading(one)
    jobs.extract(one)
    assert not jobs.needs_reading(stored(one))
    one.language = "pt"
    assert jobs.needs_reading(one)
    one.language = ""
    one.file.save("other.pdf", ContentFile(hostile.simple("Other")), save=False)
    assert jobs.needs_reading(one)


def test_the_limits_are_the_settings(settings: Any) -> None:
    settings.EXTRACTION_SECONDS, settings.EXTRACTION_MEMORY_MB = 7, 99
    assert (jobs.limits().seconds, jobs.limits().memory_mb) == (7, 99)


@pytest.mark.parametrize("reason", FailureReason)
def test_every_reason_has_a_sentence(reason: FailureReason) -> None:
    with override("en"):
        assert str(sentence(reason.value)).endswith((".", ")."))
        assert str(sentence("no such code")) == "The file could not be read."
