"""A film among a work's files: which is offered first, and in which language it is captioned."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from resources import tree
from resources.models import ResourceFile, VideoPage
from resources.reading.files import FileView, main_file
from resources.reading.film import Film, film
from tests.resources.reading.conftest import document


def view(number: int, kind: str, language: str) -> FileView:
    media_type = {"video": "video/mp4", "captions": "text/vtt", "pdf": "application/pdf"}[kind]
    return FileView(
        id=number,
        title=f"{kind} {language}",
        language=language,
        format=kind,
        format_label=kind,
        media_type=media_type,
        pages=None,
        duration=None,
        size=1,
        licence="",
        deed="",
        url=f"/documents/{number}/",
        thumbnail="",
        opens=kind != "captions",
        suits=False,
    )


def made(rf: RequestFactory, reader: str, spoken: str, *captions: str, asked: str = "") -> Film:
    files = [view(0, "video", spoken), *(view(at, "captions", code) for at, code in enumerate(captions, 1))]
    with override(reader):
        told = film(files, rf.get("/", {"captions": asked} if asked else {}), "")
    assert told is not None
    return told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reader", "spoken", "captions", "asked", "shown"),
    [
        ("my", "vi", ("en", "km"), "", ["en"]),
        ("my", "vi", ("km",), "", ["km"]),
        ("km", "vi", ("en", "km"), "", ["km"]),
        ("km", "vi", ("en", "km"), "en", ["en"]),
        ("vi", "vi", ("en", "km"), "", []),
        ("my", "vi", (), "", []),
    ],
)
def test_a_film_in_another_language_is_captioned_in_what_its_viewer_reads_best(
    rf: RequestFactory, reader: str, spoken: str, captions: tuple[str, ...], asked: str, shown: list[str]
) -> None:
    tracks = made(rf, reader, spoken, *captions, asked=asked).tracks
    assert [track.language for track in tracks if track.default] == shown


def test_captions_alone_are_not_offered_first() -> None:
    assert main_file([view(1, "captions", "th")], first="video") is None


def test_a_films_page_offers_the_film_first_and_other_pages_what_suits_the_reader() -> None:
    files = [view(1, "pdf", "th"), view(2, "video", "en"), view(3, "pdf", "en")]
    assert main_file(files, first="video") is files[1]
    assert main_file(files) is files[0]
    assert main_file(files[::2], first="video") is files[0]


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["application/pdf", "video/mp4"])
def test_the_main_button_of_a_video_opens_the_video(client: Client, shelf: Any, first: str) -> None:
    video = VideoPage(title="At the counter", slug="at-the-counter", summary="S")
    tree.library_for("en").add_child(instance=video)
    kinds = ["application/pdf", "video/mp4"]
    for kind in sorted(kinds, key=lambda kind: kind != first):
        name = "film.mp4" if kind == "video/mp4" else "sheet.pdf"
        ResourceFile.objects.create(resource=video, document=document("A file", "en", kind, name))
    html = client.get("/en/library/at-the-counter/").content.decode()
    button = html[html.index('class="button main"') :].partition("</a>")[0]
    assert "film" in button
    assert "Open the video" in button
