"""Tables are read as spreadsheets write them; what can't be read says why and where."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from resources.importing.errors import UnreadableTable
from resources.importing.sheet import Sheet
from tests.resources.importing.whole import read_sheet

PLAIN = "id,title\na,One\n"


def cells(sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, dict(row.cells)) for row in sheet.rows]


def book(*rows: list[Any], others: tuple[str, ...] = ()) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    for title in others:
        workbook.create_sheet(title)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\xef\xbb\xbf", b" \t\r\n", b"\xff\xfe\r\x00\n\x00", b"\x00\x00", b",,,\n;;;"]
)
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(UnreadableTable, match="empty"):
        read_sheet(data)


def test_text_in_another_encoding_is_refused_with_the_line() -> None:
    with pytest.raises(UnreadableTable, match="line 3 is not in UTF-8"):
        read_sheet("id,title\na,One\nb,ประกัน\n".encode("cp874"))


def test_half_a_character_of_utf_16_is_refused() -> None:
    with pytest.raises(UnreadableTable):
        read_sheet(PLAIN.encode("utf-16") + b"\x00")


def test_a_file_whose_first_line_names_no_column_is_refused() -> None:
    with pytest.raises(UnreadableTable, match="names none of the columns"):
        read_sheet(b"Colour,Weight\na,b\n")


def test_a_column_that_is_there_twice_is_refused() -> None:
    with pytest.raises(UnreadableTable, match="title is there twice"):
        read_sheet(b"id,title,Title\n")


def test_an_old_workbook_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableTable, match=r"\.xlsx"):
        read_sheet(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)


@pytest.mark.parametrize("cut", [10, 300, 2000])
def test_a_damaged_workbook_is_refused(cut: int) -> None:
    with pytest.raises(UnreadableTable, match="damaged"):
        read_sheet(book(["id"], ["a"])[:cut])


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(UnreadableTable):
        read_sheet(target.getvalue())


def test_a_workbook_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.importing.workbook.UNPACKED_BYTES", 100)
    with pytest.raises(UnreadableTable, match="unpacks to more"):
        read_sheet(book(["id"], ["a"]))


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(alphabet=st.characters(codec="utf-8"), max_size=200).map(lambda text: ("id,title\n" + text).encode()),
        st.text(alphabet='id,;\t"\n\r=title', max_size=200).map(str.encode),
        st.binary(max_size=100).map(lambda data: b"PK\x03\x04" + data),
        st.binary(max_size=100).map(lambda data: b"\xff\xfe" + data),
    )
)
def test_no_bytes_do_worse_than_being_refused(data: bytes) -> None:
    try:
        sheet = read_sheet(data)
    except UnreadableTable as error:
        refused = str(error)
    else:
        refused = "" if sheet.columns else "nothing was read"
    assert refused != "nothing was read"


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=20), min_size=1, max_size=5
    ),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_read_back(texts: list[str], delimiter: str, end: str, encoding: str) -> None:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator=end)
    writer.writerow(["id", "title", "summary"])
    for number, text in enumerate(texts):
        writer.writerow([number, text, "x"])
    sheet = read_sheet(target.getvalue().encode(encoding))
    assert [row.cells["title"] for row in sheet.rows] == [text.replace("\ufeff", "").strip() for text in texts]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_in_eleven_languages_is_read_in_every_form(encoding: str, delimiter: str) -> None:
    titles = ["Unemployment", "ประกันการว่างงาน", "ធានារ៉ាប់រង", "ປະກັນສັງຄົມ", "လူမှုဖူလုံရေး", "失业保险", "Bảo hiểm"]
    text = "\r\n".join(
        delimiter.join(row) for row in [["id", "title"], *([str(n), title] for n, title in enumerate(titles))]
    )
    data = ("\ufeff" + text if encoding == "utf-16-le" else text).encode(encoding)
    assert [row.cells["title"] for row in read_sheet(data).rows] == titles


def test_excels_line_that_names_the_separator_is_understood() -> None:
    assert cells(read_sheet(b"sep=;\r\nid;title\r\na;One, two\r\n")) == [(3, {"id": "a", "title": "One, two"})]


def test_empty_lines_are_passed_over_and_counted() -> None:
    assert cells(read_sheet(b"\n\nid,title\n\na,One\n,,\n\nb,Two\n")) == [
        (5, {"id": "a", "title": "One"}),
        (8, {"id": "b", "title": "Two"}),
    ]


def test_a_text_of_several_lines_keeps_the_count_of_lines_right() -> None:
    sheet = read_sheet(b'id,body\r\na,"One\r\n\r\nTwo"\r\nb,Three\r\n')
    assert cells(sheet) == [(2, {"id": "a", "body": "One\n\nTwo"}), (5, {"id": "b", "body": "Three"})]


def test_a_quotation_mark_that_is_never_closed_is_a_problem_of_its_row() -> None:
    sheet = read_sheet(b'id,title\na,One\nb,"Two\nc,Three\n')
    assert [bool(row.problems) for row in sheet.rows] == [False, True]
    assert "never closed" in sheet.rows[1].problems[""]
    assert sheet.rows[1].line == 3


def test_a_quotation_mark_within_a_text_is_a_quotation_mark() -> None:
    sheet = read_sheet(b'id,title\na,The "floor" of it\nb,"The ""floor"""\n')
    assert [row.cells["title"] for row in sheet.rows] == ['The "floor" of it', 'The "floor"']
    assert not any(row.problems for row in sheet.rows)


def test_a_row_with_more_cells_than_columns_is_a_problem() -> None:
    sheet = read_sheet(b"id,title\na,One, two\nb,Three,\n")
    assert "more cells" in sheet.rows[0].problems[""]
    assert not sheet.rows[1].problems


def test_a_row_with_fewer_cells_has_empty_ones() -> None:
    assert cells(read_sheet(b"id,title,year\na,One\n")) == [(2, {"id": "a", "title": "One"})]


def test_a_cell_longer_than_csv_allows_is_read() -> None:
    before = csv.field_size_limit()
    sheet = read_sheet(b"id,body\na," + b"x" * 400_000 + b"\n")
    assert len(sheet.rows[0].cells["body"]) == 400_000
    assert csv.field_size_limit() == before


def test_what_no_text_may_hold_is_taken_out() -> None:
    assert cells(read_sheet("id,title\na,\x00O\x07ne\ufeff\x0b\n".encode())) == [(2, {"id": "a", "title": "One"})]


def test_columns_are_known_however_they_are_written_and_others_are_named() -> None:
    sheet = read_sheet(b"ID , Translation Of,License,Notes,notes\na,b,c,d,e\n")
    assert cells(sheet) == [(2, {"id": "a", "translation_of": "b", "licence": "c"})]
    assert sheet.warnings == ("The column ‘notes’ is unknown and was skipped.",)


def test_a_workbook_is_read_as_its_reader_sees_it() -> None:
    sheet = read_sheet(
        book(
            ["id", "title", "year", "authors", "publisher", "url"],
            ["a", "ชราภาพ", 2019, datetime(2020, 5, 1), date(2021, 1, 2), 1.5],
            [],
            [2.0, True, 2019.0, None, "  x ", "=1+1"],
        )
    )
    assert cells(sheet)[0] == (
        2,
        {
            "id": "a",
            "title": "ชราภาพ",
            "year": "2019",
            "authors": "2020-05-01",
            "publisher": "2021-01-02",
            "url": "1.5",
        },
    )
    line, last = cells(sheet)[1]
    assert line == 4
    assert (last["id"], last["title"], last["year"], last["publisher"]) == ("2", "TRUE", "2019", "x")


def test_a_formula_that_was_never_calculated_is_a_problem_of_its_cell() -> None:
    sheet = read_sheet(book(["id", "title"], ["a", '="x"&"y"'], ["b", "Two"]))
    assert "has no value" in sheet.rows[0].problems["title"]
    assert not sheet.rows[1].problems


def test_a_calculated_formula_gives_its_value() -> None:
    data = book(["id", "title"], ["a", '="One"&" two"'])
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                # As a spreadsheet saves it: the formula and what it came to.
                content = content.replace(b'<c r="B2"><f>', b'<c r="B2" t="str"><f>').replace(
                    b"<v />", b"<v>One two</v>"
                )
                content = content.replace(b"<v/>", b"<v>One two</v>").replace(b"<v></v>", b"<v>One two</v>")
            archive.writestr(name, content)
    sheet = read_sheet(target.getvalue())
    assert cells(sheet) == [(2, {"id": "a", "title": "One two"})]
    assert not sheet.rows[0].problems


def test_an_error_in_a_cell_is_a_problem_of_it() -> None:
    sheet = read_sheet(book(["id", "title"], ["a", "#REF!"]))
    assert "#REF!" in sheet.rows[0].problems["title"]


def test_other_sheets_are_named() -> None:
    assert "skipped: Notes" in read_sheet(book(["id"], ["a"], others=("Notes",))).warnings[0]
