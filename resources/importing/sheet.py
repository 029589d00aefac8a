"""Bytes of a CSV or XLSX file → rows of text, each with its line. No Django.

CSV may have commas, semicolons or tabs, a byte order mark, UTF-16 as Excel writes it, and any line ends. What a cell
can't be read for (an unclosed quotation mark, a formula without a value) stands in its row; only a file that is no
table at all raises.
"""

from __future__ import annotations

import codecs
import csv
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from resources.importing import workbook
from resources.importing.columns import COLUMNS
from resources.importing.errors import UnreadableTable

DELIMITERS = (",", ";", "\t")
MAX_BYTES = 200 * 1024 * 1024
_ALIASES = {"license": "licence"}
# What no text of the library may hold: control characters but tab and line ends, and halves of characters.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
# csv's limit on the length of a cell holds for the whole process.
_limit = threading.Lock()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: `line` is where it begins, counted from 1 as an editor shows it. `problems` are by column ("" for the
    whole row).
    """

    line: int
    cells: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` are those the table has, of the ones that are known; `warnings` say what was left aside."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Columns:
    """Which column of the table is which."""

    names: list[str | None]
    warnings: list[str]

    @property
    def known(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name)


def read_sheet(data: bytes) -> Sheet:
    """Read a table; what it is, its content says. Raises UnreadableTable."""
    if not data.strip(b" \t\r\n\x00" + codecs.BOM_UTF8):
        raise UnreadableTable("The file is empty.")
    if len(data) > MAX_BYTES:
        raise UnreadableTable(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB: split it.")
    if data.startswith(b"PK\x03\x04"):
        return _from_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTable("This is an old Excel file (.xls): save it as .xlsx or CSV.")
    return _from_text(decode(data))


def decode(data: bytes) -> str:
    """The text of a CSV file: UTF-8, or UTF-16 with a byte order mark. Raises UnreadableTable."""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableTable(
            f"The text on line {line} is not in UTF-8. In Excel, save it as ‘CSV UTF-8’ or as .xlsx."
        ) from error


# --- Text ----------------------------------------------------------------------


def _from_text(text: str) -> Sheet:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    skipped = 0
    while skipped < len(lines) and not lines[skipped].strip(" \t,;"):
        skipped += 1
    if skipped == len(lines):
        raise UnreadableTable("The file is empty.")
    named = re.fullmatch(r"sep=(.)", lines[skipped].strip("\n"))
    if named:
        skipped += 1
    delimiter = named.group(1) if named and named.group(1) in DELIMITERS else _delimiter(lines[skipped][:100_000])
    records = iter(_records(lines, skipped, delimiter))
    header = next(records, None)
    if header is None:
        raise UnreadableTable("The file is empty.")
    columns = _columns(header.cells)
    rows = tuple(
        _row(record, columns) for record in records if record.problem or any(cell.strip() for cell in record.cells)
    )
    return Sheet(columns.known, rows, tuple(columns.warnings))


def _delimiter(header: str) -> str:
    """The one that makes the most known columns of the header."""

    def found(delimiter: str) -> int:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return sum(1 for cell in cells if _name(cell) in COLUMNS)

    return max(DELIMITERS, key=found)


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    cells: list[str]
    problem: str = ""


def _records(lines: list[str], skipped: int, delimiter: str) -> list[_Record]:
    taken: list[str] = []
    found: list[_Record] = []

    def feed() -> Iterator[str]:
        for line in lines[skipped:]:
            taken.append(line + "\n")
            yield taken[-1]

    with _limit:
        before = csv.field_size_limit(2**31 - 1)
        try:
            line = skipped + 1
            for cells in csv.reader(feed(), delimiter=delimiter):
                is_last = line + len(taken) > len(lines)
                found.append(_Record(line, cells, _unclosed(taken, delimiter) if is_last else ""))
                line += len(taken)
                taken.clear()
        finally:
            csv.field_size_limit(before)
    return found


def _unclosed(taken: list[str], delimiter: str) -> str:
    """What is wrong if the last record ends within quotation marks: csv takes the rest of the file for one cell."""
    try:
        list(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return "A quotation mark is opened in this row and never closed: all that follows is taken for its text."
    return ""


def _row(record: _Record, columns: _Columns) -> SheetRow:
    problems = {"": record.problem} if record.problem else {}
    if any(cell.strip() for cell in record.cells[len(columns.names) :]):
        problems[""] = (
            "The row has more cells than the table has columns: is a text with the separator in it not in quotes?"
        )
    pairs = zip(columns.names, record.cells, strict=False)
    return SheetRow(record.line, {name: clean(cell) for name, cell in pairs if name}, problems)


# --- Workbooks -----------------------------------------------------------------


def _from_workbook(data: bytes) -> Sheet:
    book = workbook.read(data)
    records = iter(book.rows)
    header = next((row for row in records if any(cell.text.strip() for cell in row.cells)), None)
    if header is None:
        raise UnreadableTable("The first sheet of the workbook is empty.")
    columns = _columns([cell.text for cell in header.cells])
    rows = tuple(
        _workbook_row(row, columns) for row in records if any(cell.text.strip() or cell.problem for cell in row.cells)
    )
    return Sheet(columns.known, rows, (*columns.warnings, *book.warnings))


def _workbook_row(row: workbook.BookRow, columns: _Columns) -> SheetRow:
    pairs = [(name, cell) for name, cell in zip(columns.names, row.cells, strict=False) if name]
    problems = {name: cell.problem for name, cell in pairs if cell.problem}
    return SheetRow(row.line, {name: clean(cell.text) for name, cell in pairs}, problems)


# --- Both ----------------------------------------------------------------------


def _name(cell: str) -> str:
    name = re.sub(r"[\s_-]+", "_", clean(cell).casefold()).strip("_")
    return _ALIASES.get(name, name)


def _columns(header: Iterable[str]) -> _Columns:
    """Known columns by their place. Raises UnreadableTable when two have one name or none is known."""
    names = [_name(cell) for cell in header]
    twice = sorted({name for name in names if name in COLUMNS and names.count(name) > 1})
    if twice:
        raise UnreadableTable(f"The column {twice[0]} is there twice.")
    if not any(name in COLUMNS for name in names):
        raise UnreadableTable(
            "The first line names none of the columns that an import knows. They are: " + ", ".join(COLUMNS) + "."
        )
    unknown = [name for name in names if name and name not in COLUMNS]
    warnings = [f"The column ‘{name[:60]}’ is unknown and was left aside." for name in dict.fromkeys(unknown)]
    return _Columns([name if name in COLUMNS else None for name in names], warnings)


def clean(text: str) -> str:
    """A cell without what no text may hold; line ends are one character, spaces around it are gone."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
