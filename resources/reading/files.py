"""The files of a work as a reader is offered them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from resources.indexing import file_format
from resources.models import DocumentVersion, Licence, PortalDocument, ResourceFile, ResourcePage
from resources.reader_language import language_distance
from resources.reading.visible import visible_documents
from resources.source import format_label

CAPTIONS = "captions"
VIDEO = "video"


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """What a file was before, at an address that always means it. On the day `until` another took its place."""

    number: int
    url: str
    size: int | None
    since: date
    until: date
    checksum: str


@dataclass(frozen=True, slots=True)
class FileView:
    """`size` is in bytes, `duration` in seconds.

    `opens`: a browser shows it in place. `suits`: it is in the reader's language.
    """

    id: int
    title: str
    language: str
    format: str
    format_label: str
    media_type: str
    pages: int | None
    duration: float | None
    size: int | None
    licence: str
    deed: str
    url: str
    thumbnail: str
    opens: bool
    suits: bool
    earlier: tuple[EarlierFile, ...] = ()


def work_files(versions: Sequence[ResourcePage], request: HttpRequest) -> list[ResourceFile]:
    """The files of `versions` (the page at hand first) that the visitor may have, each document once."""
    order = {page.pk: place for place, page in enumerate(versions)}
    found = ResourceFile.objects.filter(resource__in=order).select_related("document__collection")
    files: dict[int, ResourceFile] = {}
    for file in sorted(found, key=lambda file: (order[file.resource_id], file.sort_order or 0)):
        files.setdefault(file.document_id, file)
    allowed = {document.pk for document in visible_documents([file.document for file in files.values()], request)}
    return [file for file in files.values() if file.document_id in allowed]


def file_views(files: Sequence[ResourceFile], page: ResourcePage) -> list[FileView]:
    """The files that suit the reader first, captions last."""
    reader = get_language() or "en"
    earlier = earlier_files([file.document_id for file in files])
    views = [
        file_view(
            file.document,
            title=file.label,
            language=file.text_language,
            licence=file.licence or page.licence,
            reader=reader,
            earlier=earlier.get(file.document_id, ()),
        )
        for file in files
    ]
    return sorted(views, key=lambda view: (view.format == CAPTIONS, language_distance(view.language, reader)))


def earlier_files(documents: Sequence[int]) -> dict[int, tuple[EarlierFile, ...]]:
    """By document, what readers may have of its earlier files, the newest first. One query."""
    rows: dict[int, list[DocumentVersion]] = {}
    for version in DocumentVersion.objects.filter(document__in=documents).order_by("-number"):
        rows.setdefault(version.document_id, []).append(version)
    return {
        document: tuple(
            EarlierFile(old.number, old.url, old.size, old.made_at.date(), newer.made_at.date(), old.checksum)
            for newer, old in pairwise(versions)
            if old.is_public and old.file
        )
        for document, versions in rows.items()
    }


def file_view(
    document: PortalDocument,
    *,
    title: str = "",
    language: str,
    licence: str = "",
    reader: str,
    earlier: tuple[EarlierFile, ...] = (),
) -> FileView:
    kind = file_format(document)
    return FileView(
        id=document.pk,
        title=title or document.title,
        language=language,
        format=kind,
        format_label=format_label(kind, reader),
        media_type=document.content_type,
        pages=document.pages,
        duration=document.duration,
        size=document.file_size,
        licence=Licence(licence).shown if licence in Licence.values else "",
        deed=Licence(licence).deed if licence in Licence.values else "",
        url=document.url,
        thumbnail=reverse("document_thumbnail", args=[document.pk]) if document.thumbnail else "",
        opens=document.content_disposition == "inline" and kind != CAPTIONS,
        suits=language == reader,
        earlier=earlier,
    )


def main_file(views: Sequence[FileView], first: str = "") -> FileView | None:
    """The file to offer first: the best that a browser opens, else the best there is, never captions alone. One of the
    format `first` comes before all others.
    """
    wanted = sorted((view for view in views if view.format != CAPTIONS), key=lambda view: view.format != first)
    return next((view for view in wanted if view.opens), wanted[0] if wanted else None)
