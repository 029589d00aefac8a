"""Telling how far an export is, in steps that know their own share only; the worker's lease is prolonged by it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from resources.packs.exporting.types import Progress


class Telling:
    """A `Progress` that can be told once more what it was told last: by steps that don't know how far they are."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._share = 0.0

    def __call__(self, share: float) -> None:
        self._share = share
        self._progress(share)

    def still(self) -> None:
        """It goes on. To be called before and after all that may take tens of seconds."""
        self._progress(self._share)

    def between(self, start: float, end: float) -> Callable[[float], None]:
        """Tells shares of a step, from 0 to 1, as shares of the whole, in which it goes from `start` to `end`."""
        return lambda share: self(start + share * (end - start))


def told_file(path: Path, tell: Callable[[], None]) -> BinaryIO:
    """A file to write something long into at once; `tell` is called with each piece that goes to the disk."""
    return io.BufferedWriter(_Told(path, tell), 1 << 20)


class _Told(io.FileIO):
    def __init__(self, path: Path, tell: Callable[[], None]) -> None:
        super().__init__(path, "w")
        self._told = tell

    def write(self, data: Any, /) -> int:
        self._told()
        return super().write(data)
