"""What of each item is printed, and which documents have to be read for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from resources.extraction.types import FailureReason
from resources.packs.content import FrozenFile, ItemKind, PackContent, PackItem
from resources.packs.exporting.originals.reading import read_originals
from resources.packs.exporting.originals.types import Original, Refused, Wanted
from resources.packs.exporting.types import FindFile


@dataclass(frozen=True, slots=True)
class Document:
    """A document of an item, and its pages or why there are none."""

    file: FrozenFile
    found: Original | Refused


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of an item is printed after its divider: its own text, its video, documents."""

    article: bool = False
    film: bool = False
    documents: tuple[Document, ...] = ()


@dataclass(slots=True)
class _Asked:
    """Documents to read, and where the answer goes: an item's key and a place among its documents."""

    wanted: list[Wanted] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)


def choose(
    content: PackContent, language: str, find: FindFile, folder: Path, tell: Callable[[float], None]
) -> dict[str, Chosen]:
    """What is printed of each item that is there, by its key. The documents' pages are written into `folder`; `tell`
    hears which share is done, and ends it by raising.
    """
    asked = _Asked()
    documents: dict[str, list[Document | FrozenFile]] = {}
    for item in content.present:
        documents[item.key] = [
            _asked(item, file, at, find, asked) for at, file in enumerate(_documents(item, language))
        ]
    for (key, at), found in zip(asked.places, read_originals(asked.wanted, folder, tell), strict=True):
        file = documents[key][at]
        assert isinstance(file, FrozenFile)
        documents[key][at] = Document(file, found)
    return {item.key: _chosen(item, documents[item.key]) for item in content.present}


def _documents(item: PackItem, language: str) -> tuple[FrozenFile, ...]:
    return () if item.kind is ItemKind.SPAN else item.documents_for(language)


def _asked(item: PackItem, file: FrozenFile, at: int, find: FindFile, asked: _Asked) -> Document | FrozenFile:
    """The document, if it's known already that it can't be read; else `file`, noted to be read."""
    if not file.is_pdf:
        return Document(file, Refused(FailureReason.UNSUPPORTED_TYPE))
    try:
        path = find(file.checksum)
    except LookupError:
        return Document(file, Refused(FailureReason.MISSING))
    part = (item.first_page, item.last_page) if item.kind is ItemKind.PAGES else (None, None)
    asked.wanted.append(Wanted(path, *part))
    asked.places.append((item.key, at))
    return file


def _chosen(item: PackItem, documents: list[Document | FrozenFile]) -> Chosen:
    read = tuple(document for document in documents if isinstance(document, Document))
    film = item.kind is ItemKind.SPAN or (item.kind is ItemKind.WORK and item.video is not None)
    has_pdf = any(document.file.is_pdf for document in read)
    return Chosen(article=not film and not has_pdf and item.kind is ItemKind.WORK, film=film, documents=read)
