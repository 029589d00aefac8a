"""The first sheet of an XLSX workbook as text: of formulas their values, of dates and numbers what a reader would
write.

What is empty is passed over, and what a workbook says of its own size is not believed.
"""

from __future__ import annotations

import tempfile
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import _find_workbook_part
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.worksheet._reader import CELL_TAG, DATA_TAG, FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import ARC_CONTENT_TYPES, SHARED_STRINGS
from openpyxl.xml.functions import fromstring

from resources.extraction.zip_directory import TooManyEntries, open_zip
from resources.importing.errors import UnreadableTable
from resources.importing.workbook_parts import date_styles, elements, qualified, too_large

UNPACKED_BYTES = 300 * 1024 * 1024
PART_BYTES = 2 * 1024 * 1024
"""Of a part that is read whole, such as the list of sheets."""
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
CELL_LENGTH = 32_767
"""Characters that a cell of Excel has room for."""
_LAST_ROW = 1_048_576


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
    """`rows` are those that hold something, read as they are asked for, once."""

    rows: Iterable[BookRow]
    warnings: tuple[str, ...]


_EMPTY = BookCell("")


def read(file: BinaryIO, most: int | None = None) -> Book:
    """Read the first sheet, or its first `most` rows that hold something. It and its rows raise UnreadableTable."""
    with _refused():
        # It measures the directory, which is read whole.
        open_zip(file).close()
        archive = _Archive(file)
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_BYTES:
            raise too_large()
        return _read(archive, most)


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except TooManyEntries:
        raise too_large() from None
    except UnreadableTable:
        raise
    except Exception as error:
        # openpyxl raises whatever its XML, zip and date code raise on a damaged workbook.
        raise UnreadableTable(
            _("The workbook is damaged or is not an .xlsx file: open it in a spreadsheet and save it again.")
        ) from error


class _Archive(zipfile.ZipFile):
    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        """A part as a whole. Raises UnreadableTable for one that is read in pieces, or not at all."""
        if self.getinfo(name).file_size > PART_BYTES:
            raise too_large()
        return super().read(name, pwd)


def _read(archive: zipfile.ZipFile, most: int | None) -> Book:
    package = Manifest.from_tree(fromstring(archive.read(ARC_CONTENT_TYPES)))
    book = WorkbookParser(archive, _find_workbook_part(package).PartName[1:], keep_links=False)
    book.parse()
    there = set(archive.namelist())
    sheets = [
        (sheet.name, relation.target)
        for sheet, relation in book.find_sheets()
        if relation.target in there and "chartsheet" not in relation.Type
    ]
    if not sheets:
        raise UnreadableTable(_("There is no sheet in the workbook."))
    shared = package.find(SHARED_STRINGS)
    strings = _Strings(archive, shared.PartName[1:]) if shared is not None else ()
    parser = _Cells(None, strings, True, book.wb.epoch, *date_styles(archive))
    rows = islice(_rows(archive, sheets[0][1], parser), most)
    left = ", ".join(name for name, _part in sheets[1:])
    warnings = (_("Only the first sheet was read; skipped: %(sheets)s.") % {"sheets": left},) if left else ()
    return Book(_each(rows), warnings)


def _each(rows: Iterator[BookRow]) -> Iterator[BookRow]:
    while True:
        with _refused():
            row = next(rows, None)
        if row is None:
            return
        yield row


def _rows(archive: zipfile.ZipFile, part: str, parser: _Cells) -> Iterator[BookRow]:
    """The rows that hold something."""
    cells: dict[int, BookCell] = {}
    rows = room = 0
    for event, element in elements(archive, part, CELL_TAG):
        if element.tag == CELL_TAG:
            room += 1
            place, cell = parser.cell(element)
            if cell is not _EMPTY and place <= MAX_COLUMNS:
                cells[place] = cell
        elif element.tag == ROW_TAG and event == "start":
            parser.begin_row(element)
        elif element.tag == ROW_TAG and cells:
            rows += 1
            room += max(cells)
            yield BookRow(parser.row_counter, tuple(cells.get(place, _EMPTY) for place in range(1, max(cells) + 1)))
            cells = {}
        elif element.tag == DATA_TAG and event == "end":
            return
        if rows > MAX_ROWS:
            raise UnreadableTable(_("The sheet has more than %(MAX_ROWS)s rows: split it.") % {"MAX_ROWS": MAX_ROWS})
        if room > MAX_CELLS:
            raise too_large()


class _Cells(WorkSheetParser):
    """openpyxl's, given one element after the other."""

    row_counter: int

    def begin_row(self, element: Any) -> None:
        number = int(float(element.get("r") or self.row_counter + 1))
        if not self.row_counter < number <= _LAST_ROW:
            raise ValueError(number)
        self.row_counter, self.col_counter = number, 0

    def cell(self, element: Any) -> tuple[int, BookCell]:
        """The number of its column, and what it holds."""
        told = self.parse_cell(element)
        return told["column"], _cell(told["value"], told["data_type"], is_formula=element.find(FORMULA_TAG) is not None)


class _Strings:
    """The texts that cells share, read as far as they are asked for: spreadsheets write them in the cells' order. They
    are kept in a file, for spreadsheets write all their texts so.
    """

    def __init__(self, archive: zipfile.ZipFile, part: str) -> None:
        self._file = tempfile.TemporaryFile(prefix="lumbung-")  # noqa: SIM115 - it goes with the workbook
        self._ends = array("Q", [0])
        self._left = self._read(archive, part)
        # Words that a column repeats.
        self._known = lru_cache(maxsize=1024)(self._kept)

    def __getitem__(self, place: int) -> str:
        if place < 0:
            raise IndexError(place)
        for text in islice(self._left, max(0, place + 2 - len(self._ends))):
            self._file.seek(self._ends[-1])
            self._file.write(text.encode("utf-8", "surrogatepass"))
            self._ends.append(self._file.tell())
        length = self._ends[place + 1] - self._ends[place]
        return self._known(place) if length < 200 else self._kept(place)

    def _kept(self, place: int) -> str:
        self._file.seek(self._ends[place])
        return self._file.read(self._ends[place + 1] - self._ends[place]).decode("utf-8", "surrogatepass")

    def _read(self, archive: zipfile.ZipFile, part: str) -> Iterator[str]:
        tag, plain, run = qualified("si"), qualified("t"), f"{qualified('r')}/{qualified('t')}"
        every = 0
        for _event, element in elements(archive, part, tag):
            if element.tag == tag:
                every += 1
                if every > MAX_CELLS:
                    raise too_large()
                texts = (piece.text or "" for path in (plain, run) for piece in element.iterfind(path))
                yield "".join(texts).replace("x005F_", "")


def _cell(value: Any, kind: str, *, is_formula: bool) -> BookCell:
    if kind == "e":
        return BookCell("", _("The cell holds the error %(value)s.") % {"value": value})
    text = as_text(value)
    if len(text) > CELL_LENGTH:
        told = {"value": len(text), "longest": CELL_LENGTH}
        return BookCell("", _("The text is %(value)s characters long; there is room for %(longest)s.") % told)
    if is_formula and not text:
        # A program wrote it, and no spreadsheet has calculated it since.
        return BookCell("", _("The formula in the cell has no value: open the workbook in a spreadsheet and save it."))
    return BookCell(text) if text.strip() else _EMPTY


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
