"""What a killed process left on the disk goes after a week, and nothing else does."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from resources import left_behind
from resources.extraction import jobs
from resources.intake.models import Batch, DroppedFile
from resources.models import PortalDocument, PortalImage

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(left_behind, "_last", None)
    return tmp_path / "media"


@pytest.fixture
def in_a_week(monkeypatch: pytest.MonkeyPatch) -> datetime:
    later = timezone.now() + timedelta(days=8)
    monkeypatch.setattr(timezone, "now", lambda: later)
    return later


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    return path


def document(name: str = "a.vtt") -> PortalDocument:
    with jobs.held():
        return PortalDocument.objects.create(title="Known", file=ContentFile(b"WEBVTT\n\n", name=name))


@pytest.mark.usefixtures("in_a_week")
def test_files_that_nobody_knows_go_and_those_of_rows_stay(media: Path) -> None:
    kept = document()
    lost = [put(media / name) for name in ("documents/lost.pdf", "documents/.abc.part", "images/deep/er/lost.webp")]
    other = put(media / "packs" / "exports" / "x.zip")
    assert left_behind.sweep() == 3
    assert not any(path.exists() for path in lost)
    assert kept.file.storage.exists(kept.file.name)
    # Not the portal's to judge.
    assert other.exists()


@pytest.mark.usefixtures("in_a_week")
def test_a_picture_and_its_renditions_stay(media: Path) -> None:
    image = PortalImage.objects.create(title="Known", file=get_test_image_file())
    rendition = image.get_rendition("width-10")
    put(media / "original_images" / "lost.png")
    assert left_behind.sweep() == 1
    assert (media / image.file.name).exists()
    assert (media / rendition.file.name).exists()


@pytest.mark.parametrize("folder", ["documents", "documents/drop", "document_versions/7/1"])
def test_what_came_within_a_week_stays(media: Path, folder: str) -> None:
    path = put(media / folder / "new.pdf")
    # However old its original is.
    os.utime(path, (0, 0))
    assert left_behind.sweep() == 0
    assert path.exists()


@pytest.mark.usefixtures("in_a_week")
def test_earlier_versions_of_files_stay_and_what_a_write_that_came_to_nothing_left_goes(
    media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    replaced = document()
    replaced.file = ContentFile(b"WEBVTT\n\n00:00.000 --> 00:01.000\nOther", name="a.vtt")
    with jobs.held(), django_capture_on_commit_callbacks(execute=True):
        replaced.save()
    kept = Path(replaced.versions.get(number=1).file.path)
    left = put(kept.parent.parent / "9" / "left.vtt")
    assert left_behind.sweep() == 1
    assert kept.exists()
    assert not left.exists()


@pytest.mark.usefixtures("in_a_week", "index")
def test_dropped_files_stay_and_uploads_that_nobody_acknowledged_go(media: Path, django_user_model: Any) -> None:
    batch = Batch.objects.create(made_by=django_user_model.objects.create_user("dropper"))
    kept = DroppedFile.objects.create(
        batch=batch, name="a.pdf", size=4, checksum="1", file=ContentFile(b"%PDF", name="a.pdf")
    )
    lost = put(media / "documents" / "drop" / "lost.pdf")
    assert left_behind.sweep() == 1
    assert Path(kept.file.path).exists()
    assert not lost.exists()


def test_what_is_written_anew_while_it_is_swept_stays(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = put(media / "document_versions" / "7" / "1" / "a.vtt")
    week = timezone.now() + timedelta(days=8)
    monkeypatch.setattr(timezone, "now", lambda: week)
    real = left_behind._named

    def meanwhile(files: dict[str, Path]) -> set[str]:
        found = real(files)
        # Its row is committed a moment too late to be seen; the disk says today, which is in a week.
        os.utime(old, (week.timestamp(), week.timestamp()))
        return found

    monkeypatch.setattr(left_behind, "_named", meanwhile)
    left_behind.sweep()
    assert old.exists()


@pytest.mark.usefixtures("in_a_week")
def test_nothing_goes_when_the_database_is_not_the_one_of_the_files(
    media: Path, caplog: pytest.LogCaptureFixture
) -> None:
    document()
    files = [put(media / "documents" / f"{number}.pdf") for number in range(30)]
    assert left_behind.sweep() == 0
    assert all(path.exists() for path in files)
    assert "30 of 31 files" in caplog.text


@pytest.mark.usefixtures("in_a_week")
def test_it_is_done_once_a_day(media: Path) -> None:
    put(media / "documents" / "first.pdf")
    assert left_behind.sweep() == 1
    put(media / "documents" / "second.pdf")
    assert left_behind.sweep() == 0
