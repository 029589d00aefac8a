"""Opening a zip file whose directory a stranger wrote: it is measured before it is read, for Python reads all of it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

MAX_ENTRIES = 10_000
MAX_DIRECTORY = 4 * 1024 * 1024
# APPNOTE.TXT 4.3.16: the record is at the end, before a comment of at most 65,535 bytes.
_RECORD, _RECORD_BYTES, _COMMENT_BYTES = b"PK\x05\x06", 22, 65_535
_LOCATOR, _LOCATOR_BYTES, _RECORD_64 = b"PK\x06\x07", 20, b"PK\x06\x06"

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, OverflowError)
"""What the standard library makes of broken and odd zip files."""


class TooManyEntries(zipfile.BadZipFile):
    """The directory is larger than that of any document."""


def open_zip(source: BinaryIO | Path) -> zipfile.ZipFile:
    """Return a zip open for reading. Raises BROKEN, and TooManyEntries, which is one of them; OSError."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            size = _directory_bytes(file)
    else:
        size = _directory_bytes(source)
    if size > MAX_DIRECTORY:
        raise TooManyEntries
    try:
        archive = zipfile.ZipFile(source)
    except (struct.error, UnicodeDecodeError, OSError) as error:
        raise zipfile.BadZipFile(str(error)) from None
    if len(archive.infolist()) > MAX_ENTRIES:
        archive.close()
        raise TooManyEntries
    return archive


def _directory_bytes(file: BinaryIO) -> int:
    """How many bytes the end of the file says that its directory has; 0 when it says nothing."""
    size = file.seek(0, 2)
    start = max(0, size - _RECORD_BYTES - _COMMENT_BYTES - _LOCATOR_BYTES)
    file.seek(start)
    tail = file.read()
    place = tail.rfind(_RECORD)
    if place < 0 or place + _RECORD_BYTES > len(tail):
        return 0
    said: int = struct.unpack_from("<L", tail, place + 12)[0]
    locator = place - _LOCATOR_BYTES
    if locator >= 0 and tail[locator : locator + 4] == _LOCATOR:
        # What the larger record says goes before; Python takes it from where it ends.
        file.seek(max(0, start + locator - 56))
        record = file.read(56)
        if record[:4] == _RECORD_64 and len(record) == 56:
            said = max(said if said != 0xFFFFFFFF else 0, struct.unpack_from("<Q", record, 40)[0])
    return said
