"""The files of an item, checked before they are put into the zip: whole, or the chosen pages of a PDF."""

from __future__ import annotations

from pathlib import Path

from resources.extraction.sniff import DOCX, EPUB, MP4, PDF, PPTX, WEBM, XLSX, sniff
from resources.extraction.types import FailureReason
from resources.packs.content import FrozenFile
from resources.packs.exporting.cutting.cutter import Cutter
from resources.packs.exporting.types import FindFile

ENDINGS = {PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", PPTX: ".pptx", EPUB: ".epub", MP4: ".mp4", WEBM: ".webm"}
"""The kinds of files that are carried, with the ends of their names. Nothing that a browser would run is among them."""

LARGEST = 2**32 - 1
"""Bytes of one file: the most that FAT32, the file system of most USB sticks, can hold."""
LARGEST_TO_CUT = 300 * 1024 * 1024
"""Bytes of a PDF that pages are taken from; a larger one is carried whole."""


def checked(file: FrozenFile, find: FindFile, cutter: Cutter) -> Path | FailureReason:
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
    if kind == PDF and (reason := cutter.unreadable(path, was_read=bool(file.pages))):
        return reason
    return path


def chosen_pages(path: Path, first: int, last: int, cutter: Cutter) -> Path | None:
    """Pages `first` to `last` of a PDF that opens, as a PDF of their own, which goes with the cutter; None if that
    can't be made.
    """
    return cutter.cut(path, first, last) if path.stat().st_size <= LARGEST_TO_CUT else None
