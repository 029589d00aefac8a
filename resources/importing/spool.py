"""Rows in a file of their own: a table has as many as it likes, and memory holds one of them."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from typing import Generic, Self, TypeVar

Row = TypeVar("Row")


class Spool(Generic[Row]):
    """Rows by their number, in the order in which they were added. The file has no name: it goes with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="lumbung-")  # noqa: SIM115 - `close` does
        self._starts = array("Q")
        self._end = 0

    def add(self, row: Row) -> int:
        """The number that the row has from now on. Raises OSError for a full disk."""
        self._starts.append(self._end)
        self._file.seek(self._end)
        self._file.write(pickle.dumps(row, pickle.HIGHEST_PROTOCOL))
        self._end = self._file.tell()
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> Row:
        self._file.seek(self._starts[number])
        row: Row = pickle.load(self._file)  # noqa: S301 - nobody else writes to it
        return row

    def __len__(self) -> int:
        return len(self._starts)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()
