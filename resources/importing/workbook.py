"""The first sheet of an XLSX workbook as text: of formulas their values, of dates and numbers what a reader would
write.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from resources.importing.errors import UnreadableTable

UNPACKED_BYTES = 300 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class BookCell:
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class BookRow:
    line: int
    cells: tuple[BookCell, ...]


@dataclass(frozen=True, slots=True)
class Book:
    rows: tuple[BookRow, ...]
    warnings: tuple[str, ...]


def read(data: bytes, most: int | None = None) -> Book:
    """Read the first sheet, or its first `most` rows. Raises UnreadableTable."""
    try:
        has_formulas = _check(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        rows = tuple(islice(_rows(book), most))
        if has_formulas:
            rows = tuple(_mark_unvalued(rows, data))
    except UnreadableTable:
        raise
    except Exception as error:
        # openpyxl raises whatever its XML, zip and date code raise on a damaged workbook.
        raise UnreadableTable(
            _("The workbook is damaged or is no .xlsx file: open it in a spreadsheet and save it again.")
        ) from error
    others = [sheet.title for sheet in book.worksheets[1:]]
    left = ", ".join(others)
    warnings = (_("Only the first sheet was read; left aside: %(sheets)s.") % {"sheets": left},) if others else ()
    return Book(rows, warnings)


def _check(data: bytes) -> bool:
    """Refuse what would unpack to more than a table is; say whether a formula is in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_BYTES:
            raise UnreadableTable(_("The workbook unpacks to more than a table of works could be."))
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_holds_formula(archive, name) for name in sheets)


def _holds_formula(archive: zipfile.ZipFile, name: str) -> bool:
    before = b""
    with archive.open(name) as content:
        while part := content.read(1 << 20):
            if b"<f>" in (seen := before + part) or b"<f " in seen:
                return True
            before = part[-2:]
    return False


def _rows(book: Any) -> Iterator[BookRow]:
    if not book.worksheets:
        raise UnreadableTable(_("There is no sheet in the workbook."))
    sheet = book.worksheets[0]
    # What a sheet says of its own size is often wrong.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS:
            raise UnreadableTable(_("The sheet has more than %(MAX_ROWS)s rows: split it.") % {"MAX_ROWS": MAX_ROWS})
        yield BookRow(number, tuple(_cell(cell.value, cell.data_type) for cell in row))


def _cell(value: Any, kind: str) -> BookCell:
    if kind == "e":
        return BookCell("", _("The cell holds the error %(value)s.") % {"value": value})
    return BookCell(as_text(value))


def as_text(value: Any) -> str:
    """What a reader would write for a cell's value: whole numbers without a point, days without an hour."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _mark_unvalued(rows: tuple[BookRow, ...], data: bytes) -> Iterator[BookRow]:
    """Say where a formula has no value: a program wrote it, and no spreadsheet has calculated it since."""
    sheet = load_workbook(io.BytesIO(data), read_only=True, keep_links=False).worksheets[0]
    sheet.reset_dimensions()
    for row, formulas in zip(rows, sheet.iter_rows(max_col=MAX_COLUMNS), strict=False):
        cells = tuple(
            BookCell("", _("The formula in the cell has no value: open the workbook in a spreadsheet and save it."))
            if not cell.text and not cell.problem and formula.data_type == "f"
            else cell
            for cell, formula in zip(row.cells, formulas, strict=True)
        )
        yield BookRow(row.line, cells)
