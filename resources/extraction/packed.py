"""Zip files that strangers packed: nothing in them unpacks to more than is allowed, and no XML says what others are
made of.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from resources.extraction.types import CannotExtract, FailureReason
from resources.extraction.zip_directory import BROKEN, TooManyEntries, open_zip

MAX_PART = 48 * 1024 * 1024
MAX_PARTS = 96 * 1024 * 1024
"""What all parts that hold text may unpack to. Libraries keep a tree of them that takes several times as much."""

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Packed:
    """A zip open for reading. Reading raises CannotExtract for what is broken, locked or too large."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MAX_PARTS
        # The last entry of a name is the one that zip programs see.
        self._entries = {info.filename: info for info in archive.infolist() if not info.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """Return a part's bytes. A part that isn't there is damage too."""
        info = self._entries.get(name)
        if info is None:
            raise CannotExtract(FailureReason.DAMAGED)
        if info.flag_bits & 0x1:
            raise CannotExtract(FailureReason.ENCRYPTED)
        if info.file_size > min(MAX_PART, self._left):
            raise CannotExtract(FailureReason.TOO_LARGE)
        self._left -= info.file_size
        try:
            # zipfile gives no more bytes than the entry says it has.
            return self._archive.read(info)
        except (*BROKEN, OSError, struct.error):
            # Its directory leads to places before its beginning.
            raise CannotExtract(FailureReason.DAMAGED) from None
        except RuntimeError:
            raise CannotExtract(FailureReason.ENCRYPTED) from None


@contextmanager
def opened(path: Path) -> Iterator[Packed]:
    """A zip at `path`. Raises CannotExtract."""
    try:
        archive = open_zip(path)
    except TooManyEntries:
        raise CannotExtract(FailureReason.TOO_LARGE) from None
    except BROKEN:
        raise CannotExtract(FailureReason.DAMAGED) from None
    with archive:
        yield Packed(archive)


def text_parts(path: Path) -> io.BytesIO:
    """Return an Office Open XML file with its XML alone, without pictures, fonts, films and embedded files: safe to
    hand to a library that unpacks all it finds.

    A document type declaration isn't allowed in it (ECMA-376, part 2, 8.2.5): where there is one, the file is
    damaged. Raises CannotExtract.
    """
    copy = io.BytesIO()
    with opened(path) as packed, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as kept:
        for name in packed.names:
            data = b""
            if name.lower().endswith((".xml", ".rels", ".vml")):
                data = packed.read(name)
                if has_doctype(data):
                    raise CannotExtract(FailureReason.DAMAGED)
            kept.writestr(zipfile.ZipInfo(name), data)
    copy.seek(0)
    return copy


def has_doctype(data: bytes) -> bool:
    """Whether XML declares a document type or an entity, in whatever encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:64]:
        data = data.replace(b"\0", b"")
    return bool(_DOCTYPE.search(data))
