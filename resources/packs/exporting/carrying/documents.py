"""The files of an item, checked before they are put into the zip: whole, or the chosen pages of a PDF."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from pathlib import Path

import pypdf

from resources.extraction.sniff import DOCX, MP4, PDF, PPTX, WEBM, XLSX, sniff
from resources.extraction.types import FailureReason
from resources.packs.content import FrozenFile
from resources.packs.exporting.types import FindFile

ENDINGS = {PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", PPTX: ".pptx", MP4: ".mp4", WEBM: ".webm"}
"""The kinds of files that are carried, with the ends of their names. Nothing that a browser would run is among them."""

LARGEST = 2**32 - 1
"""Bytes of one file: the most that FAT32, the file system of most USB sticks, can hold."""
LARGEST_TO_CUT = 300 * 1024 * 1024
"""Bytes of a PDF that pages are taken from; a larger one is carried whole."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of a PDF as a small PDF of their own; `first` is the page, counted from 1, that it begins with."""

    data: bytes
    first: int


def checked(file: FrozenFile, find: FindFile) -> Path | FailureReason:
    """Where the bytes of a file lie, or why it can't be carried. Raises nothing for any file."""
    if file.media_type not in ENDINGS:
        return FailureReason.UNSUPPORTED_TYPE
    try:
        path = find(file.checksum)
        size = path.stat().st_size
        with path.open("rb") as opened:
            kind = sniff(opened)
    except (LookupError, OSError):
        return FailureReason.MISSING
    if not size:
        return FailureReason.EMPTY
    if size > LARGEST:
        return FailureReason.TOO_LARGE
    if kind != file.media_type:
        return FailureReason.DISGUISED
    if kind == PDF and (reason := _unreadable(path, was_read=bool(file.pages))):
        return reason
    return path


def _unreadable(path: Path, *, was_read: bool) -> FailureReason | None:
    try:
        with path.open("rb") as opened:
            reader = pypdf.PdfReader(opened)
            # What opens without a password, as many "protected" files do, opens for every reader.
            if reader.is_encrypted and not reader.decrypt(""):
                return FailureReason.ENCRYPTED
            return None if len(reader.pages) else FailureReason.DAMAGED
    except pypdf.errors.DependencyError:
        # Encrypted in a way that only extraction can read: it counted the pages if no password is needed.
        return None if was_read else FailureReason.ENCRYPTED
    except Exception as error:  # noqa: BLE001 - whatever the library makes of hostile bytes is one file's failure
        logger.info("A PDF is left out of a pack: %s", error)
        return FailureReason.DAMAGED


def chosen_pages(path: Path, first: int, last: int) -> Part | None:
    """Pages `first` to `last` of a PDF that opens, as a PDF of their own; None if that can't be made.

    Links and remarks on the pages go, as they may hold the rest of the document; the pages look and read as before.
    """
    try:
        if path.stat().st_size > LARGEST_TO_CUT:
            return None
        with path.open("rb") as opened:
            reader = pypdf.PdfReader(opened)
            last = min(last, len(reader.pages))
            if not 1 <= first <= last:
                return None
            writer = pypdf.PdfWriter()
            for number in range(first, last + 1):
                writer.add_page(reader.pages[number - 1], excluded_keys=("/Annots", "/B", "/StructParents", "/AA"))
            made = io.BytesIO()
            writer.write(made)
    except Exception as error:  # noqa: BLE001 - the whole file is carried instead
        logger.info("Pages of a PDF could not be taken out: %s", error)
        return None
    return Part(made.getvalue(), first)
