"""Tables and bibliographies of a size that nobody makes cost little: they are cut off, or refused."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from resources.importing import sheet
from resources.importing.errors import UnreadableTable
from resources.importing.files import FileFolder
from resources.importing.reading import is_bibliography
from resources.importing.rows import Library, parse
from resources.importing.sheet import open_records, open_sheet
from tests.resources.importing.whole import read_records, read_sheet


def test_a_file_of_nothing_but_lines_costs_little() -> None:
    tracemalloc.start()
    records = read_records(b"id,title\n" + b"\r\n" * 200_000 + b"a,One")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(row.line, row.cells) for row in records.rows] == [(200_002, ("a", "One"))]
    assert peak < 3_000_000


def as_csv(rows: int) -> io.BytesIO:
    return io.BytesIO(b"id,title,body\n" + "".join(f"{n},A,{n:04}{'x' * 4_000}\n" for n in range(rows)).encode())


def as_workbook(rows: int) -> io.BytesIO:
    """As spreadsheets write it: each text once, and shared by the cells that hold it."""
    book, target = Workbook(), io.BytesIO()
    for row in [["id", "title", "body"], *([f"r{n}", "A", f"{n:04}{'x' * 4_000}"] for n in range(rows))]:
        book.active.append(row)
    book.save(target)
    return target


@pytest.mark.parametrize("table", [as_csv, as_workbook])
def test_a_table_is_read_row_by_row_however_many_there_are(table: Callable[[int], io.BytesIO]) -> None:
    file = table(2_000)
    tracemalloc.start()
    count = sum(len(row.cells["body"]) == 4_004 for row in open_sheet(file).rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_000
    assert peak < 2_000_000, "All its rows have eight million letters."


def test_a_table_of_more_rows_than_a_sheet_may_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 2)
    assert len(read_records(b"id\na\n\nb\n").rows) == 2
    with pytest.raises(UnreadableTable, match="more than 2 rows"):
        read_records(b"id\na\nb\nc\n")


def test_of_a_large_table_the_first_rows_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_LINE", 9)
    data = "id,title\na,ประกัน\n".encode() + b"b,\xff\n"
    assert read_records(data, 2).rows[0].cells == ("a", "ปร"), "Cut in the middle of a letter."
    with pytest.raises(UnreadableTable, match="line 3"):
        read_records(data)


@pytest.mark.parametrize("text", [" " * 3_000_000 + "@book{a,}", "%\n" * 3_000_000 + "@book{a,}", "\n" * 3_000_000])
def test_whether_a_file_is_a_bibliography_its_beginning_says(text: str) -> None:
    tracemalloc.start()
    assert not is_bibliography(io.BytesIO(text.encode()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_bibliography_may_begin_with_comments() -> None:
    assert is_bibliography(io.BytesIO(b"% Encoding: UTF-8\n" * 500 + b"@book{a, title={One}}"))
    assert is_bibliography(io.BytesIO("\ufeff\n\n1. \nTY  - RPRT\n".encode()))


def test_of_a_cell_of_unknown_themes_a_few_are_told() -> None:
    library = Library(
        types=frozenset({"video"}), themes=frozenset(f"a-theme-of-number-{number}" for number in range(300))
    )
    rows = "".join(f"{row},video,en,A,{';'.join(f'a-thme-{row}-{n}' for n in range(300))}\n" for row in range(20))
    started = time.monotonic()
    parsed = parse(read_sheet(f"id,type,language,title,themes\n{rows}".encode()), library, FileFolder(None).find)
    assert len(parsed.errors) == 20 * 10
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("column", ["countries", "themes", "file", "captions", "translation_of", "year", "licence"])
def test_no_cell_holds_a_book(column: str) -> None:
    data = f"id,type,language,title,{column}\na,video,en,A,{'x;' * 50_000}\n".encode()
    (error,) = parse(read_sheet(data), Library(types=frozenset({"video"})), FileFolder(None).find).errors
    assert (error.column, "there is room for" in error.reason) == (column, True)


def test_of_a_large_table_only_the_beginning_is_read() -> None:
    file = io.BytesIO(b"id,title\n" + "ก,ข\n".encode() * 100_000)
    assert next(iter(open_records(file, 2).rows)).cells == ("ก", "ข")
    assert file.tell() < 50_000
