"""Workbooks that were made to harm cost little, and are refused or read as far as they hold a table."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from resources.importing import workbook, workbook_parts
from resources.importing.errors import UnreadableTable
from tests.resources.importing.whole import read_records, read_sheet

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
TYPES = "[Content_Types].xml"
SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml" />'
)
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAST = '<row><c t="s"><v>299999</v></c></row>'
HEADING = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'


def book(**parts: str | bytes) -> bytes:
    """A workbook that shares the texts id and title, with some of its parts others."""
    plain, target = io.BytesIO(), io.BytesIO()
    Workbook().save(plain)
    names = {"sheet": SHEET, "styles": STYLES, "workbook": "xl/workbook.xml"}
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        written = {name: source.read(name) for name in source.namelist()}
        written |= {names[name]: content for name, content in parts.items() if name in names}
        written[STRINGS] = parts.get("strings", strings("id", "title"))
        types = written[TYPES].replace(SHARED, b"")
        written[TYPES] = types.replace(b"</Types>", SHARED + b"</Types>")
        for name, content in written.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet(rows: str, before: str = "") -> str:
    return f"<worksheet {NAMESPACE}>{before}<sheetData>{rows}</sheetData></worksheet>"


def strings(*texts: str, more: str = "") -> str:
    return f"<sst {NAMESPACE}>{''.join(f'<si><t>{text}</t></si>' for text in texts)}{more}</sst>"


def attributes() -> str:
    return " ".join(f'a{number}=""' for number in range(300_000))


def cost(data: bytes, most: int | None = None) -> tuple[str, float, int]:
    """What reading says, its seconds, and the megabytes that it took at most."""
    said = ""
    started = time.monotonic()
    tracemalloc.start()
    try:
        read_records(data, most)
    except UnreadableTable as error:
        said = str(error)
    finally:
        peak = tracemalloc.get_traced_memory()[1] // 1024**2
        tracemalloc.stop()
    return said, time.monotonic() - started, peak


def test_a_cell_in_the_last_row_and_column_is_no_million_rows() -> None:
    far = '<row r="1048575"><c r="A1048575" t="inlineStr"><is><t>a</t></is></c></row>'
    far += '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    data = book(sheet=sheet(HEADING + far))
    assert len(data) < 10_000
    said, seconds, megabytes = cost(data)
    assert said == ""
    assert seconds < 5
    assert megabytes < 20
    (row,) = read_records(data).rows
    assert (row.line, row.cells) == (1_048_575, ("a",))


def test_empty_rows_and_cells_are_passed_over() -> None:
    empty = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(2, 5_000))
    data = book(sheet=sheet(f'{HEADING}{empty}<row r="5000"><c r="A5000"><v>7</v></c></row>'))
    assert [(row.line, row.cells["id"]) for row in read_sheet(data).rows] == [(5_000, "7")]


def test_what_stands_beside_the_table_is_no_part_of_it() -> None:
    beside = '<row r="2"><c r="A2"><v>1</v></c><c r="D2"><v>9</v></c></row><row r="3"><c r="D3"><v>9</v></c></row>'
    (row,) = read_sheet(book(sheet=sheet(HEADING + beside))).rows
    assert (row.cells["id"], row.problems) == ("1", {})
    assert read_records(book(sheet=sheet(HEADING + beside))).heading == ("id", "title")


@pytest.mark.parametrize(
    "parts",
    [
        lambda: {"sheet": sheet(HEADING, before="<x/>" * 300_000)},
        lambda: {"sheet": sheet(HEADING, before=f"<x>{'<y/>' * 300_000}</x>")},
        lambda: {"sheet": sheet(f'<row r="1">{"<c/>" * 300_000}</row>')},
        lambda: {"sheet": sheet(f"<row><c>{'<v/>' * 300_000}</c></row>")},
        lambda: {"sheet": sheet("<row>" * 300_000)},
        lambda: {"sheet": sheet("<row/>" * 300_000)},
        lambda: {"sheet": sheet(f'<row r="1" {attributes()}/>')},
        lambda: {"sheet": sheet(f'<row r="1"><c r="A1" t="str"><v>{"x" * 2_000_000}</v></c></row>')},
        lambda: {"strings": strings(more="<si/>" * 300_000), "sheet": sheet(LAST)},
        lambda: {"styles": f"<styleSheet {NAMESPACE}><cellXfs>{'<xf/>' * 300_000}</cellXfs></styleSheet>"},
        lambda: {"workbook": f"<workbook {NAMESPACE}>{'<sheets/>' * 300_000}</workbook>"},
    ],
    ids=[
        "before the rows", "below one before the rows", "cells of a row", "within a cell", "nested", "rows",
        "attributes", "a text", "texts", "styles", "what is read whole",
    ],
)  # fmt: skip
def test_what_has_too_much_of_something_is_refused_before_it_takes_the_memory(
    monkeypatch: pytest.MonkeyPatch, parts: Callable[[], dict[str, str]]
) -> None:
    monkeypatch.setattr(workbook_parts, "MOST_ELEMENTS", 100_000)
    monkeypatch.setattr(workbook, "MAX_CELLS", 100_000)
    said, _seconds, megabytes = cost(book(**parts()), 40)
    assert "more than a table" in said
    assert megabytes < 60


def test_the_first_rows_are_shown_whatever_comes_behind_them() -> None:
    texts = strings("id", "title", more="<si><t>more</t></si>" * 100_000)
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>{number}</v></c></row>' for number in range(2, 20_000))
    said, seconds, megabytes = cost(book(strings=texts, sheet=sheet(HEADING + rows)), 40)
    assert said == ""
    assert seconds < 2
    assert megabytes < 50


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_entity_multiplies_a_text(encoding: str) -> None:
    laughs = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "{"x" * 1000}">]>'
    rows = f'{HEADING}<row r="2"><c r="A2" t="str"><v>{"&b;" * 1000}</v></c></row>'
    with pytest.raises(UnreadableTable, match="damaged"):
        read_records(book(sheet=(laughs + sheet(rows)).encode(encoding)))


@pytest.mark.parametrize("numbers", [(1, 1), (5, 4), (1, 1_048_577), (1, -3)])
def test_rows_go_down_the_sheet(numbers: tuple[int, int]) -> None:
    rows = "".join(f'<row r="{number}"><c r="A{abs(number)}"><v>1</v></c></row>' for number in numbers)
    with pytest.raises(UnreadableTable, match="damaged"):
        read_records(book(sheet=sheet(rows)))


def test_more_rows_or_cells_than_a_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(sheet=sheet(HEADING + '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'))
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    with pytest.raises(UnreadableTable, match="more than 2 rows"):
        read_records(data)
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    monkeypatch.setattr(workbook, "MAX_CELLS", 6)
    with pytest.raises(UnreadableTable, match="more than a table"):
        read_records(data)


def test_a_directory_without_end_is_not_read() -> None:
    target = io.BytesIO(book())
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", b"")
    with pytest.raises(UnreadableTable, match="more than a table"):
        read_records(target.getvalue())


def test_a_text_longer_than_a_cell_is_a_problem_of_the_cell() -> None:
    data = book(sheet=sheet(f'{HEADING}<row r="2"><c r="A2" t="str"><v>{"x" * 40_000}</v></c></row>'))
    assert "40000 characters" in read_sheet(data).rows[0].problems["id"]


def test_a_text_in_several_fonts_is_one_text() -> None:
    several = "<si><r><rPr><b/></rPr><t>So</t></r><r><t>cial</t></r><rPh><t>phonetic</t></rPh></si>"
    data = book(strings=strings("id", "title", more=several), sheet=sheet(HEADING + '<row><c t="s"><v>2</v></c></row>'))
    assert read_sheet(data).rows[0].cells["id"] == "Social"


def test_dates_are_told_by_their_style_and_a_broken_style_hurts_nobody() -> None:
    styles = (
        f'<styleSheet {NAMESPACE}><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm"/></numFmts><fonts><x/></fonts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    cells = "".join(f'<c r="{column}2" s="{style}"><v>43831</v></c>' for style, column in enumerate("ABC"))
    heading = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><v>year</v></c></row>'
    )
    (row,) = read_sheet(book(styles=styles, sheet=sheet(f'{heading}<row r="2">{cells}</row>'))).rows
    assert dict(row.cells) == {"id": "43831", "title": "2020-01-01", "year": "2020-01-01"}


def test_an_element_that_goes_on_and_on_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "_APART", 1_000)
    with pytest.raises(UnreadableTable, match="more than a table"):
        read_records(book(sheet=sheet(f"<row>{' ' * 100_000}</row>")))
