"""A zip of the files that rows name → a folder. Nothing in it leads out of the folder, unpacks without end, or is
anything else than a file of a kind that the library keeps.
"""

from __future__ import annotations

import shutil
import stat
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _

from resources.extraction.zip_directory import BROKEN, TooManyEntries, open_zip
from resources.uploads import ALLOWED, MAX_NAME_BYTES

MOST_FILES = 5_000
MOST_BYTES = 4 * 1024**3
"""Of all files together, unpacked."""
_RATIO = 200
"""A file that unpacks to more than so many times its size is a bomb, and so is a zip."""
_SMALL = 10 * 1024 * 1024
"""What a single file may unpack to at any rate, and all of them together."""
_DEPTH = 10
_PART = 1024 * 1024
_IGNORED = ("__MACOSX/", ".")


class BadArchive(Exception):
    """The zip was not unpacked; its text is the reason."""


def unpack(archive: Path, folder: Path) -> list[str]:
    """Unpack into an empty `folder`; returns what was left aside, and why. Raises BadArchive."""
    try:
        with open_zip(archive) as source:
            return _unpack(source, folder, size=archive.stat().st_size)
    except TooManyEntries:
        raise _too_many() from None
    except (*BROKEN, zipfile.LargeZipFile, RuntimeError) as error:
        raise BadArchive(_("The zip is damaged, encrypted, or packed in a way that can’t be read.")) from error


def _too_many() -> BadArchive:
    return BadArchive(_("The zip holds more than %(most)s files: split it.") % {"most": MOST_FILES})


def _unpack(source: zipfile.ZipFile, folder: Path, *, size: int) -> list[str]:
    entries = [entry for entry in source.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise _too_many()
    # Of the zip's own size: entries that lie over each other are packed once and unpacked many times.
    most = min(MOST_BYTES, max(size * _RATIO, _SMALL))
    if sum(entry.file_size for entry in entries) > most:
        raise BadArchive(_("The zip unpacks to more than %(size)s MB: split it.") % {"size": most // 1024**2})
    aside: list[str] = []
    taken: set[str] = set()
    for entry in entries:
        name = _plain_name(entry)
        if name is None:
            continue
        if name.casefold() in taken:
            raise BadArchive(_("The zip holds two files named ‘%(name)s’.") % {"name": name[:100]})
        taken.add(name.casefold())
        if name.rpartition(".")[2].lower() not in ALLOWED or entry.file_size > settings.UPLOAD_MAX_BYTES:
            aside.append(name)
            continue
        _write(source, entry, folder / name)
    return aside


def _plain_name(entry: zipfile.ZipInfo) -> str | None:
    """The name to unpack a file by; None for what systems leave in archives. Raises BadArchive."""
    refused = BadArchive(_("‘%(name)s’ is not a plain name of a file in the folder.") % {"name": entry.filename[:100]})
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise refused
    if entry.flag_bits & 0x1:
        raise BadArchive(_("The zip is damaged, encrypted, or packed in a way that can’t be read."))
    name = unicodedata.normalize("NFC", entry.orig_filename if "\x00" in entry.orig_filename else entry.filename)
    parts = PurePosixPath(name).parts
    if not parts or len(parts) > _DEPTH or name.startswith("/") or ".." in parts:
        raise refused
    if any(letter in name for letter in "\\:\x00") or any(unicodedata.category(letter) == "Cc" for letter in name):
        raise refused
    if any(len(part.encode()) > MAX_NAME_BYTES for part in parts):
        raise refused
    if name.startswith(_IGNORED[0]) or any(part.startswith(_IGNORED[1]) for part in parts):
        return None
    return name


def _write(source: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Unpack one file, as large as it says and no larger."""
    if entry.file_size > max(entry.compress_size, 1) * _RATIO and entry.file_size > _SMALL:
        raise BadArchive(_("‘%(name)s’ in the zip unpacks to too much.") % {"name": entry.filename[:100]})
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with source.open(entry) as content, target.open("xb") as file:
        while part := content.read(_PART):
            written += len(part)
            if written > entry.file_size:
                raise BadArchive(_("‘%(name)s’ in the zip unpacks to too much.") % {"name": entry.filename[:100]})
            file.write(part)


def unpacked_anew(archive: Path, folder: Path) -> list[str]:
    """As `unpack`, where a worker may have died over it before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return unpack(archive, folder)
