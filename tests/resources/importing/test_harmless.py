"""What goes out is no formula in a spreadsheet, and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.importing.encodings import likely_encoding
from resources.importing.errors import UnreadableTable
from resources.importing.harmless import neutralised, undone
from resources.importing.headings import guessed
from tests.resources.importing.whole import read_records, read_sheet


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", " =1", "\n=1", "\ufeff=1", "\u200b+1", "' @a"],
)
def test_no_cell_begins_as_a_formula_does(cell: str) -> None:
    assert neutralised(cell)[0] == "'"
    assert undone(neutralised(cell)) == cell


@pytest.mark.parametrize("cell", ["", "a=1", "'quoted'", "2019", "ประกัน", " a=1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert neutralised(cell) == undone(cell) == cell


@given(st.text(alphabet="'=+-@a \t\r\n＝\u200b\ufeff", max_size=8))
def test_every_cell_comes_back(cell: str) -> None:
    assert undone(neutralised(cell)) == cell


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("id,ชื่อ\na,การประกันสังคม", "cp874", "Thai"),
        ("id,标题\na,社会保护与失业保险", "gb18030", "Chinese"),
        ("id,ti\u00eau \u0111\u00ea\u0300\na,th\u00e2\u0301t nghi\u00ea\u0323p", "cp1258", "Vietnamese"),
        ("id,título\na,proteção", "cp1252", "Western"),
    ],
)
def test_an_old_encoding_is_named_and_not_converted(text: str, codec: str, name: str) -> None:
    assert name in likely_encoding(text.encode(codec))
    with pytest.raises(UnreadableTable, match=name):
        read_sheet(text.encode(codec))


def test_ten_million_columns_are_refused() -> None:
    with pytest.raises(UnreadableTable, match="more columns"):
        read_records(b"id," + b"," * 10_000_000 + b"\na\n")


def test_a_giant_cell_is_told_with_its_length() -> None:
    sheet = read_sheet(b"id,type,language,title\na,fact-sheet,en," + b"x" * 5_000_000)
    assert len(sheet.rows[0].cells["title"]) == 5_000_000


@pytest.mark.parametrize(
    "headings",
    [
        ["kode", "jenis", "bahasa", "judul"], ["kod", "jenis", "bahasa", "tajuk"], ["รหัส", "ประเภท", "ภาษา", "ชื่อเรื่อง"],
        ["Mã", "Loại", "Ngôn ngữ", "Tiêu đề"], ["លេខកូដ", "ប្រភេទ", "ភាសា", "ចំណងជើង"],
        ["ລະຫັດ", "ປະເພດ", "ພາສາ", "ຫົວຂໍ້"],
        ["key", "kind", "ဘာသာစကား", "ခေါင်းစဉ်"], ["编号", "类型", "语言", "标题"],
        ["Código", "Tipo", "Língua", "Título"],
        ["id", "type", "wika", "pamagat"], [" ID*", "Resource Type", "LANGUAGE:", "title"],
    ],
)  # fmt: skip
def test_headings_are_known_in_every_language(headings: list[str]) -> None:
    assert guessed(headings) == ["id", "type", "language", "title"]


def test_a_columns_own_name_goes_before_what_people_call_it() -> None:
    assert guessed(["Date", "Year", "Abstract", "Description"]) == [None, "year", "summary", None]
