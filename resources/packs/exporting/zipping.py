"""Zip files that are the same, byte for byte, whenever and wherever they are made of the same."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

_EARLIEST = 1980
_LATEST = 2107
_PIECE = 1 << 20
_PACKED_ALREADY = frozenset(
    {".pdf", ".mp4", ".webm", ".jpg", ".jpeg", ".png", ".webp", ".zip", ".docx", ".xlsx", ".pptx"}
)


class Zip:
    """Writes a zip file whose entries all bear the day `made`. A context manager."""

    def __init__(self, target: Path, made: date) -> None:
        year = min(max(made.year, _EARLIEST), _LATEST)
        self._moment = (year, made.month, made.day, 0, 0, 0)
        self._zip = zipfile.ZipFile(target, "w")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def text(self, name: str, data: str) -> None:
        """Text, packed as small as can be. What a stranger's text holds of lone surrogates can't be said in UTF-8."""
        self.write(name, data.encode("utf-8", "replace"))

    def write(self, name: str, data: bytes, *, stored: bool = False) -> None:
        self._zip.writestr(self._entry(name, stored=stored), data, compresslevel=9)

    def copy(self, name: str, path: Path, tell: Callable[[], None]) -> None:
        """A file, without holding it in memory; `tell` is called after each piece. Raises `OSError` if it can't be
        read.
        """
        entry = self._entry(name, stored=Path(name).suffix in _PACKED_ALREADY)
        entry.file_size = path.stat().st_size
        with path.open("rb") as source, self._zip.open(entry, "w") as copied:
            while piece := source.read(_PIECE):
                copied.write(piece)
                tell()

    def _entry(self, name: str, *, stored: bool) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._moment)
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        return entry
