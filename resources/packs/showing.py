"""An edition as its readers see it: plain values that a template prints, each item in the language that suits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from resources.models import Licence
from resources.packs.addresses import PICTURE_NAME, file_path
from resources.packs.content import FrozenFile, FrozenPassage, ItemKind, PackContent, PackItem, best_language
from resources.packs.keeping import kept_passages
from resources.places import country_name, native_name
from resources.source import format_label, type_label

Passages = Mapping[str, Sequence[Sequence[Any]]]
"""By checksum, lists `[text, page, start, end]`."""

COUNTRIES = 3


@dataclass(frozen=True, slots=True)
class FileLink:
    """`language` is that of the file. `is_pdf` opens in place, at its page where one is wanted."""

    url: str
    language: str
    native: str
    format_label: str
    media_type: str
    size: int
    pages: int | None
    is_pdf: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A document that is in another language than the pages of an item: where the library has it."""

    url: str
    language: str
    native: str


@dataclass(frozen=True, slots=True)
class Track:
    url: str
    language: str
    native: str
    default: bool


@dataclass(frozen=True, slots=True)
class Cue:
    start: float
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Film:
    """A video that plays the span that an item is of. `file_url` is all of it."""

    url: str
    file_url: str
    media_type: str
    poster: str
    tracks: tuple[Track, ...]
    cues: tuple[Cue, ...]
    transcript_language: str


@dataclass(frozen=True, slots=True)
class Told:
    """A title and summary with their language."""

    title: str
    summary: str
    language: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """`told` is what the item says in the language that suits; `own`, when the maker wants another language, what its
    page in the reader's language says. `other_language`: the reader's language has no page of it. `document_language`
    is that of its documents, where it is not what one expects from what is told before. Of pages, `own_version` is the
    document in the reader's language, if they are in another, and `versions` are those in further languages.
    """

    number: int
    item: PackItem
    kind: str
    kind_label: str
    told: Told
    own: Told | None
    other_language: bool
    url: str
    cover: str
    countries: str
    credit: str
    licence: tuple[str, str]
    files: tuple[FileLink, ...]
    more_files: tuple[FileLink, ...]
    document_language: str
    own_version: Version | None
    versions: tuple[Version, ...]
    film: Film | None


@dataclass(frozen=True, slots=True)
class SectionView:
    title: str
    items: tuple[ItemView, ...]


def sections(content: PackContent, reader: str) -> list[SectionView]:
    """The sections of an edition as `reader` (a language) sees them. One query, for the transcripts."""
    passages = kept_passages(
        captions for item in content.present if item.video and (captions := item.captions_for(reader)) is not None
    )
    number = 0
    views = []
    for section in content.sections:
        items = []
        for item in section.items:
            number += 1
            items.append(_item(item, number, content, reader, passages))
        views.append(SectionView(section.title, tuple(items)))
    return views


def _item(item: PackItem, number: int, content: PackContent, reader: str, passages: Passages) -> ItemView:
    text, language = item.text_for(reader), item.language_for(reader)
    own = item.texts[reader] if language != reader and reader in item.texts else None
    documents = [file for file in item.files if not file.is_video and not file.is_captions]
    first = best_language([file.language for file in documents], item.language, reader)
    links = [_file(file, item, content, reader) for file in documents]
    versions = {code: Version(_path(url), code, native_name(code)) for code, url in item.elsewhere.items()}
    own_version = versions.pop(reader, None)
    other_language = language != reader and own is None
    expected = language if other_language and own_version is None else reader
    countries = [country_name(code, reader) for code in item.countries]
    return ItemView(
        number=number,
        item=item,
        kind="video" if item.video else item.type,
        kind_label=type_label(item.type, reader) if item.type else "",
        told=Told(text.title, text.summary, language),
        own=Told(own.title, own.summary, reader) if own else None,
        other_language=other_language,
        url=_path((own or text).url),
        cover=file_path(content.code, content.number, item.picture, PICTURE_NAME) if item.picture else "",
        countries=" · ".join(countries) if len(countries) <= COUNTRIES else "",
        credit=" · ".join(part for part in ("; ".join(item.authors), item.publisher, str(item.year or "")) if part),
        licence=_licence(item),
        files=tuple(link for link in links if link.language == first),
        more_files=tuple(link for link in links if link.language != first),
        document_language="" if first in ("", expected) else first,
        own_version=own_version,
        versions=tuple(versions.values()),
        film=_film(item, content, reader, passages),
    )


def _file(file: FrozenFile, item: PackItem, content: PackContent, reader: str) -> FileLink:
    url = file_path(content.code, content.number, file.checksum, file.name)
    if item.kind is ItemKind.PAGES and file.is_pdf:
        url += f"#page={item.first_page or 1}"
    ending = "pdf" if file.is_pdf else file.name.rpartition(".")[2].lower()
    return FileLink(
        url=url,
        language=file.language,
        native=native_name(file.language),
        format_label=format_label(ending, reader),
        media_type=file.media_type,
        size=file.size,
        pages=file.pages,
        is_pdf=file.is_pdf,
    )


def _film(item: PackItem, content: PackContent, reader: str, passages: Passages) -> Film | None:
    video = item.video
    if video is None:
        return None
    file_url = file_path(content.code, content.number, video.checksum, video.name)
    read = item.captions_for(reader)
    tracks = {
        file.language: Track(
            url=file_path(content.code, content.number, file.checksum, file.name),
            language=file.language,
            native=native_name(file.language),
            # Speech in another language than the reader's needs captions from the start.
            default=read is not None and file.language == read.language and video.language != reader,
        )
        for file in item.captions
        # Browsers read WebVTT alone.
        if file.media_type == "text/vtt"
    }
    told = (FrozenPassage(*each) for each in (passages.get(read.checksum, ()) if read else ()))
    cues = (Cue(cue.start or 0.0, f"{file_url}#t={cue.start or 0:g}", cue.text) for cue in item.chosen(told))
    return Film(
        url=f"{file_url}{item.moment}",
        file_url=file_url,
        media_type=video.media_type,
        poster=file_path(content.code, content.number, item.picture, PICTURE_NAME) if item.picture else "",
        tracks=tuple(tracks.values()),
        cues=tuple(cues),
        transcript_language=read.language if read else "",
    )


def _licence(item: PackItem) -> tuple[str, str]:
    """The name of a licence and where its terms are explained."""
    known = item.licence in Licence.values
    return (str(Licence(item.licence).label), Licence(item.licence).deed) if known else ("", "")


def _path(url: str) -> str:
    """The path of an address of this portal, wherever it was when the edition was made."""
    return urlsplit(url).path
