"""Bytes of a CSV or XLSX file → rows of text, each with its line. No Django.

CSV may have commas, semicolons or tabs, a byte order mark, UTF-16 as Excel writes it, and any line ends. What a cell
can't be read for (an unclosed quotation mark, a formula without a value) stands in its row; only a file that is no
table at all raises, perhaps only as its last row is read.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from django.utils.translation import gettext as _

from resources.importing import harmless, workbook
from resources.importing.columns import COLUMNS
from resources.importing.encodings import SAMPLE_BYTES, likely_encoding
from resources.importing.errors import UnreadableTable
from resources.importing.headings import column_of, exact_column, guessed, plain

_ZIP = b"PK\x03\x04"
DELIMITERS = (",", ";", "\t")
MAX_BYTES = 200 * 1024 * 1024
_LINE = 20_000
"""Characters of a long line."""
MAX_ROWS = workbook.MAX_ROWS
MOST_CELLS = 2_000
"""Columns of a line; a million empty ones are no table of works."""
_PART = 64 * 1024
"""Bytes that are decoded at once."""
# What no text of the library may hold: control characters but tab and line ends, and halves of characters.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
# csv's limit on the length of a cell holds for the whole process.
_limit = threading.Lock()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: `line` is where it begins, counted from 1 as an editor shows it. `problems` are by column ("" for the
    whole row), and so are `notes`: what its source says and no column can hold, for the editor. `gone` is a row that
    its source has deleted.
    """

    line: int
    cells: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` are those the table has, of the ones that are known; `warnings` say what was left aside. `rows` may be
    read from the file as they are asked for, once, and raise UnreadableTable. `source` is the repository that they were
    fetched from, by its host.
    """

    columns: tuple[str, ...]
    rows: Iterable[SheetRow]
    warnings: tuple[str, ...] = ()
    source: str = ""


@dataclass(slots=True)
class _Columns:
    """Which column of the table is which."""

    names: list[str | None]
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Record:
    """A line of a table as it stands there. `problems` are by the place of the cell (-1 for the whole line)."""

    line: int
    cells: tuple[str, ...]
    problems: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """A table whose columns have not been told apart yet. `rows` are as a `Sheet`'s."""

    heading: tuple[str, ...]
    rows: Iterable[Record]
    warnings: tuple[str, ...] = ()


def open_sheet(file: BinaryIO) -> Sheet:
    """Read a table, row by row as they are asked for; what it is, its content says. Raises UnreadableTable."""
    records = open_records(file)
    columns = _columns(records.heading)
    return to_sheet(records, columns.names, columns.warnings)


def to_sheet(records: Records, names: Sequence[str | None], warnings: Iterable[str] = ()) -> Sheet:
    """The rows of a table whose columns are known: `names` says what each holds, or that it is left aside."""
    rows = (_row(record, names) for record in records.rows)
    return Sheet(tuple(name for name in names if name), rows, (*warnings, *records.warnings))


def open_records(file: BinaryIO, most: int | None = None) -> Records:
    """The lines of a table, read as they are asked for, or the beginning that shows the first `most` of them. Raises
    UnreadableTable.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    if size > MAX_BYTES:
        raise UnreadableTable(_("The file is larger than %(size)s MB: split it.") % {"size": MAX_BYTES // 1024 // 1024})
    if head.startswith(_ZIP):
        return _from_workbook(file, most)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTable(_("This is an old Excel file (.xls): save it as .xlsx or CSV."))
    return _from_text(file, None if most is None else most * _LINE)


def decode(data: bytes, most: int | None = None) -> str:
    """The text of a file, or of its first `most` bytes: UTF-8, or UTF-16 with a byte order mark. Line ends are one
    character. Raises UnreadableTable.
    """
    return "".join(_texts(io.BytesIO(data), most))


def _texts(file: BinaryIO, most: int | None) -> Iterator[str]:
    """The text piece by piece."""
    head = file.read(2)
    file.seek(0)
    is_wide = head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    decoder = codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8-sig")()
    ends = io.IncrementalNewlineDecoder(None, translate=True)
    line, left = 1, most
    while True:
        part = file.read(_PART if left is None else min(_PART, left))
        is_over = not part
        # What is cut off may end in the middle of a character.
        is_whole = is_over and (left is None or not file.read(1))
        try:
            yield ends.decode(decoder.decode(part, is_whole), is_over)
        except UnicodeDecodeError as error:
            raise _not_in_utf_8(file, line + error.object.count(b"\n", 0, error.start)) from error
        if is_over:
            return
        line += part.count(b"\n")
        left = left and left - len(part)


def _not_in_utf_8(file: BinaryIO, line: int) -> UnreadableTable:
    file.seek(0)
    likely = likely_encoding(file.read(SAMPLE_BYTES))
    wrong = _("The text on line %(line)s is not in UTF-8. In Excel, save it as ‘CSV UTF-8’ or as .xlsx.")
    if likely:
        wrong = _(
            "The text on line %(line)s is not in UTF-8, but reads like %(encoding)s. In Excel, save it as ‘CSV "
            "UTF-8’ or as .xlsx."
        )
    return UnreadableTable(wrong % {"line": line, "encoding": likely})


# --- Text ----------------------------------------------------------------------


def _from_text(file: BinaryIO, most: int | None) -> Records:
    lines = _lines(_texts(file, most))
    skipped = 0
    first = next(lines, None)
    while first is not None and not first.strip(" \t,;\n\x00\ufeff"):
        skipped, first = skipped + 1, next(lines, None)
    if first is None:
        raise UnreadableTable(_("The file is empty."))
    delimiter = ""
    if named := re.fullmatch(r"sep=(.)", first.strip("\n")):
        delimiter = named.group(1) if named.group(1) in DELIMITERS else ""
        skipped, first = skipped + 1, next(lines, "")
    records = _records(chain([first], lines), skipped, delimiter or _delimiter(first[:100_000]))
    heading = next(records, None)
    if heading is None:
        raise UnreadableTable(_("The file is empty."))
    return Records(tuple(clean(cell) for cell in heading.cells), records)


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """The lines of a text one after the other, each with a line end."""
    begun: list[str] = []
    for text in texts:
        *whole, rest = text.split("\n")
        for line in whole:
            yield "".join([*begun, line, "\n"])
            begun.clear()
        begun.append(rest)
    if last := "".join(begun):
        yield last + "\n"


def _delimiter(header: str) -> str:
    """The one that makes the most known columns of the header."""

    def found(delimiter: str) -> int:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return sum(1 for cell in cells if column_of(cell))

    return max(DELIMITERS, key=found)


def _records(lines: Iterable[str], skipped: int, delimiter: str) -> Iterator[Record]:
    """The records that hold something, the heading first. `skipped` lines were before."""
    taken: list[str] = []
    found = 0
    is_over = False

    def feed() -> Iterator[str]:
        nonlocal is_over
        for line in lines:
            taken.append(line)
            yield line
        is_over = True

    line = skipped + 1
    reader = csv.reader(feed(), delimiter=delimiter)
    while (cells := _next(reader)) is not None:
        if len(cells) > MOST_CELLS:
            raise UnreadableTable(_("Line %(line)s has more columns than a table of works.") % {"line": line})
        # More lines were asked for than there are.
        wrong = _unclosed(taken, delimiter) if is_over else ""
        if wrong or any(cell.strip() for cell in cells):
            found += 1
            if found > MAX_ROWS + 1:
                raise UnreadableTable(
                    _("The sheet has more than %(MAX_ROWS)s rows: split it.") % {"MAX_ROWS": MAX_ROWS}
                )
            yield Record(line, tuple(cells), {-1: wrong} if wrong else {})
        line += len(taken)
        taken.clear()


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    with _cells_of_any_length():
        return next(reader, None)


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    with _limit:
        before = csv.field_size_limit(2**31 - 1)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _unclosed(taken: list[str], delimiter: str) -> str:
    """What is wrong if the last record ends within quotation marks: csv takes the rest of the file for one cell."""
    try:
        with _cells_of_any_length():
            list(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return _("A quotation mark is opened in this row and never closed: all that follows is taken for its text.")
    return ""


# --- Workbooks -----------------------------------------------------------------


def _from_workbook(file: BinaryIO, most: int | None) -> Records:
    book = workbook.read(file, most)
    records = iter(book.rows)
    header = next((row for row in records if any(cell.text.strip() for cell in row.cells)), None)
    if header is None:
        raise UnreadableTable(_("The first sheet of the workbook is empty."))
    heading = tuple(clean(cell.text) for cell in header.cells)
    return Records(
        heading,
        (
            Record(
                row.line,
                # What stands beside the table is a note to somebody.
                tuple(cell.text for cell in row.cells[: len(heading)]),
                {place: cell.problem for place, cell in enumerate(row.cells[: len(heading)]) if cell.problem},
            )
            for row in records
            if any(cell.text or cell.problem for cell in row.cells[: len(heading)])
        ),
        book.warnings,
    )


# --- Both ----------------------------------------------------------------------


def _row(record: Record, names: Sequence[str | None]) -> SheetRow:
    problems = {
        (names[place] or "") if 0 <= place < len(names) else "": problem
        for place, problem in record.problems.items()
        if place < 0 or (place < len(names) and names[place])
    }
    if any(cell.strip() for cell in record.cells[len(names) :]):
        problems[""] = _(
            "The row has more cells than the table has columns: is a text with the separator in it not in quotes?"
        )
    pairs = zip(names, record.cells, strict=False)
    return SheetRow(record.line, {name: harmless.undone(clean(cell)) for name, cell in pairs if name}, problems)


def _columns(header: Iterable[str]) -> _Columns:
    """Known columns by their place. Raises UnreadableTable when two have one name or none is known."""
    cells = list(header)
    exact = [exact_column(cell) for cell in cells]
    twice = sorted({name for name in exact if name and exact.count(name) > 1})
    if twice:
        raise UnreadableTable(_("The column %(column)s is there twice.") % {"column": twice[0]})
    names = guessed(cells)
    if not any(names):
        raise UnreadableTable(
            _("The first line names none of the columns that an import knows. They are: %(columns)s.")
            % {"columns": ", ".join(COLUMNS)}
        )
    unknown = [plain(cell) for cell, name in zip(cells, names, strict=True) if cell and not name]
    warnings = [
        _("The column ‘%(column)s’ is unknown and was skipped.") % {"column": cell[:60]}
        for cell in dict.fromkeys(unknown)
    ]
    return _Columns(names, warnings)


def clean(text: str) -> str:
    """A cell without what no text may hold; line ends are one character, spaces around it are gone."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
