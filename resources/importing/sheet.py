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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from resources.importing import harmless, workbook
from resources.importing.columns import COLUMNS
from resources.importing.encodings import likely_encoding
from resources.importing.errors import UnreadableTable
from resources.importing.headings import column_of, exact_column, guessed, plain

DELIMITERS = (",", ";", "\t")
MAX_BYTES = 200 * 1024 * 1024
_LINE = 20_000
"""Characters of a long line."""
MOST_CELLS = 2_000
"""Columns of a line; a million empty ones are no table of works."""
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
    """`columns` are those the table has, of the ones that are known; `warnings` say what was left aside."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    warnings: tuple[str, ...] = ()


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
    """A table whose columns have not been told apart yet."""

    heading: tuple[str, ...]
    rows: tuple[Record, ...]
    warnings: tuple[str, ...] = ()


def read_sheet(data: bytes) -> Sheet:
    """Read a table; what it is, its content says. Raises UnreadableTable."""
    records = read_records(data)
    columns = _columns(records.heading)
    return to_sheet(records, columns.names, columns.warnings)


def to_sheet(records: Records, names: Sequence[str | None], warnings: Iterable[str] = ()) -> Sheet:
    """The rows of a table whose columns are known: `names` says what each holds, or that it is left aside."""
    rows = tuple(_row(record, names) for record in records.rows)
    return Sheet(tuple(name for name in names if name), rows, (*warnings, *records.warnings))


def read_records(data: bytes, most: int | None = None) -> Records:
    """The lines of a table, or the first `most` of them. Raises UnreadableTable."""
    if not data.strip(b" \t\r\n\x00" + codecs.BOM_UTF8):
        raise UnreadableTable(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise UnreadableTable(_("The file is larger than %(size)s MB: split it.") % {"size": MAX_BYTES // 1024 // 1024})
    if data.startswith(b"PK\x03\x04"):
        return _from_workbook(data, most)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTable(_("This is an old Excel file (.xls): save it as .xlsx or CSV."))
    text = decode(data)
    return _from_text(text if most is None else text[: most * _LINE])


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 with a byte order mark. Raises UnreadableTable."""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = _("The text on line %(line)s is not in UTF-8. In Excel, save it as ‘CSV UTF-8’ or as .xlsx.")
        likely = likely_encoding(data)
        if likely:
            wrong = _(
                "The text on line %(line)s is not in UTF-8, but reads like %(encoding)s. In Excel, save it as ‘CSV "
                "UTF-8’ or as .xlsx."
            )
        raise UnreadableTable(wrong % {"line": line, "encoding": likely}) from error


# --- Text ----------------------------------------------------------------------


def _from_text(text: str) -> Records:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    skipped = 0
    while skipped < len(lines) and not lines[skipped].strip(" \t,;"):
        skipped += 1
    if skipped == len(lines):
        raise UnreadableTable(_("The file is empty."))
    named = re.fullmatch(r"sep=(.)", lines[skipped].strip("\n"))
    if named:
        skipped += 1
    delimiter = named.group(1) if named and named.group(1) in DELIMITERS else _delimiter(lines[skipped][:100_000])
    records = iter(_records(lines, skipped, delimiter))
    header = next(records, None)
    if header is None:
        raise UnreadableTable(_("The file is empty."))
    rows = (record for record in records if record.problems or any(cell.strip() for cell in record.cells))
    return Records(tuple(clean(cell) for cell in header.cells), tuple(rows))


def _delimiter(header: str) -> str:
    """The one that makes the most known columns of the header."""

    def found(delimiter: str) -> int:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return sum(1 for cell in cells if column_of(cell))

    return max(DELIMITERS, key=found)


def _records(lines: list[str], skipped: int, delimiter: str) -> list[Record]:
    taken: list[str] = []
    found: list[Record] = []

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
                if len(cells) > MOST_CELLS:
                    raise UnreadableTable(_("Line %(line)s has more columns than a table of works.") % {"line": line})
                wrong = _unclosed(taken, delimiter) if is_last else ""
                found.append(Record(line, tuple(cells), {-1: wrong} if wrong else {}))
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
            return _("A quotation mark is opened in this row and never closed: all that follows is taken for its text.")
    return ""


# --- Workbooks -----------------------------------------------------------------


def _from_workbook(data: bytes, most: int | None) -> Records:
    book = workbook.read(data, most)
    records = iter(book.rows)
    header = next((row for row in records if any(cell.text.strip() for cell in row.cells)), None)
    if header is None:
        raise UnreadableTable(_("The first sheet of the workbook is empty."))
    rows = (row for row in records if any(cell.text.strip() or cell.problem for cell in row.cells))
    return Records(
        tuple(clean(cell.text) for cell in header.cells),
        tuple(
            Record(
                row.line,
                tuple(cell.text for cell in row.cells),
                {place: cell.problem for place, cell in enumerate(row.cells) if cell.problem},
            )
            for row in rows
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
        _("The column ‘%(column)s’ is unknown and was left aside.") % {"column": cell[:60]}
        for cell in dict.fromkeys(unknown)
    ]
    return _Columns(names, warnings)


def clean(text: str) -> str:
    """A cell without what no text may hold; line ends are one character, spaces around it are gone."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
