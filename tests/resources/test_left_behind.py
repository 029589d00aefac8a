"""What a killed process left on the disk goes after a week, and nothing else does."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from resources import left_behind
from resources.extraction import jobs
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


def test_what_came_within_a_week_stays(media: Path) -> None:
    path = put(media / "documents" / "new.pdf")
    assert left_behind.sweep() == 0
    assert path.exists()


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
