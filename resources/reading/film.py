"""A video as it is watched and read: the film, its captions by language, and a transcript made from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import get_language

from resources.models import Passage
from resources.places import native_name
from resources.reader_language import language_distance
from resources.reading.files import CAPTIONS, VIDEO, FileView


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in one language. `default`: shown from the start; `read`: the transcript is made from these."""

    language: str
    native: str
    url: str
    transcript_url: str
    default: bool
    read: bool


@dataclass(frozen=True, slots=True)
class Cue:
    start: float
    text: str


@dataclass(frozen=True, slots=True)
class Film:
    """`document` is the number of its file. `cues` are those of the captions in `transcript_language`; none when there
    are no captions that could be read.
    """

    document: int
    url: str
    media_type: str
    poster: str
    tracks: list[Track]
    cues: list[Cue]
    transcript_language: str


def film(files: Sequence[FileView], request: HttpRequest, poster: str) -> Film | None:
    """The film among `files`, None if there is none. `?captions=th` asks for the transcript in Thai."""
    video = next((view for view in files if view.format == VIDEO), None)
    if video is None:
        return None
    reader = get_language() or "en"
    captions: dict[str, FileView] = {}
    for view in files:
        if view.format == CAPTIONS:
            captions.setdefault(view.language, view)
    asked = request.GET.get("captions", "")
    read = (
        asked
        if asked in captions
        else min(captions, key=lambda language: language_distance(language, reader), default="")
    )
    tracks = [
        Track(
            language=language,
            native=native_name(language),
            url=_text_track(view),
            transcript_url=f"?{urlencode({'captions': language})}#transcript",
            # Speech in another language than the reader's needs captions: their own, else what they read.
            default=language == read and video.language != reader,
            read=language == read,
        )
        for language, view in captions.items()
    ]
    cues = (
        [
            Cue(cue.start or 0, cue.text)
            for cue in Passage.objects.filter(document=captions[read].id).order_by("position")
        ]
        if read
        else []
    )
    return Film(video.id, video.url, video.media_type, poster or video.thumbnail, tracks, cues, read)


def second_address(page: str, language: str, start: float) -> str:
    """The address `page` of a video's page, at a second of the film: with the captions of `language`, and that second's
    line of the transcript.
    """
    return f"{page}?{urlencode({'captions': language})}#t={start:g}"


def _text_track(view: FileView) -> str:
    """The address of captions; browsers read WebVTT alone."""
    return view.url if view.media_type == "text/vtt" else ""
