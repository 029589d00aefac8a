"""Tables and bibliographies read whole, as nobody but tests does."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import islice

from resources.importing.reading import open_file
from resources.importing.sheet import Record, Sheet, SheetRow, open_records, open_sheet


@dataclass(frozen=True)
class Whole(Sheet):
    rows: tuple[SheetRow, ...] = ()


@dataclass(frozen=True)
class Lines:
    heading: tuple[str, ...]
    rows: tuple[Record, ...]
    warnings: tuple[str, ...]


def read_sheet(data: bytes) -> Whole:
    return _whole(open_sheet(io.BytesIO(data)))


def read_file(data: bytes) -> Whole:
    return _whole(open_file(io.BytesIO(data)))


def read_records(data: bytes, most: int | None = None) -> Lines:
    """The lines of a table, or the first `most` of them."""
    records = open_records(io.BytesIO(data), most)
    return Lines(records.heading, tuple(islice(records.rows, most)), records.warnings)


def _whole(sheet: Sheet) -> Whole:
    return Whole(sheet.columns, tuple(sheet.rows), sheet.warnings)
