"""A zip that comes out byte for byte the same whenever it is made of the same things."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

_FIRST_YEAR, _LAST_YEAR = 1980, 2107
"""The years that a zip can tell (APPNOTE.TXT 4.4.6, as MS-DOS wrote dates)."""
_READABLE_FILE = 0o100644 << 16
_UNIX = 3


class Archive:
    """Writes a zip into `target`; all its files are of the day `made`. A context manager."""

    def __init__(self, target: Path, made: date) -> None:
        year = min(max(made.year, _FIRST_YEAR), _LAST_YEAR)
        self._day = (year, made.month, made.day, 0, 0, 0)
        self._zip = zipfile.ZipFile(target, "w")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def text(self, name: str, data: str | bytes) -> None:
        """Add what deflates well."""
        info = self._entry(name, zipfile.ZIP_DEFLATED)
        # What a stranger's text holds of lone surrogates can't be said in UTF-8.
        self._zip.writestr(info, data.encode("utf-8", "replace") if isinstance(data, str) else data, compresslevel=9)

    def bytes(self, name: str, data: bytes) -> None:
        """Add what is compressed in itself, as it is."""
        self._zip.writestr(self._entry(name, zipfile.ZIP_STORED), data)

    def file(self, name: str, path: Path) -> None:
        """Add a file as it is, without holding it in memory. Raises `OSError` if it can't be read."""
        info = self._entry(name, zipfile.ZIP_STORED)
        info.file_size = path.stat().st_size
        with path.open("rb") as source, self._zip.open(info, "w") as into:
            shutil.copyfileobj(source, into, 1024 * 1024)

    def _entry(self, name: str, method: int) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._day)
        info.compress_type = method
        info.create_system = _UNIX
        info.external_attr = _READABLE_FILE
        return info
