"""Bibliographies become rows: what is certain in a cell, what isn't in a note."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.importing.bibliographic import certain_licence
from resources.importing.errors import UnreadableTable
from resources.importing.sheet import Sheet
from tests.resources.importing.whole import read_file

RIS = """TY  - RPRT
ID  - social-2019
TI  - Social protection
 in Viet Nam
AU  - Nguyen, Van A.
AU  - Doe, Jane
PY  - 2019/05/01
PB  - ILO
LA  - vie
AB  - Short.
UR  - https://www.ilo.org/x
N1  - Licence: CC BY 3.0 IGO
DO  - 10.1234/abc
ER  -

TY  - VIDEO
T1  - ภาพยนตร์
Y1  - 2020
LA  - th
ER  -
"""


def only(sheet: Sheet) -> dict[str, str]:
    (row,) = sheet.rows
    return {name: text for name, text in row.cells.items() if text}


def test_ris_becomes_rows() -> None:
    report, film = read_file(RIS.encode("utf-8-sig").replace(b"\n", b"\r\n")).rows
    assert {name: text for name, text in report.cells.items() if text} == {
        "id": "doi:10.1234/abc",
        "type": "publication",
        "language": "vi",
        "title": "Social protection in Viet Nam",
        "summary": "Short.",
        "year": "2019",
        "authors": "Nguyen, Van A.; Doe, Jane",
        "publisher": "ILO",
        "url": "https://www.ilo.org/x",
        "doi": "10.1234/abc",
    }
    assert "CC BY 3.0 IGO" in report.notes["licence"]
    assert (film.cells["type"], film.cells["language"], film.line) == ("video", "th", 16)


def test_bibtex_becomes_rows() -> None:
    bib = r"""% made by hand
@string{ilo = "International Labour Office"}
@techreport{key1, title = {{Old} age \& {\'e}quit{\'e}}, author = {{World Bank} and Doe, Jane and Bo Roe},
  institution = ilo, year = 2019, language = {english}, url = {https://example.org/a},
  isbn = {978-92-2-031161-5}, license = {https://creativecommons.org/licenses/by/4.0/}}
"""
    cells = only(read_file(bib.encode()))
    assert (cells["title"], cells["authors"]) == ("Old age & équité", "World Bank; Doe, Jane; Roe, Bo")
    assert (cells["publisher"], cells["licence"], cells["language"]) == ("International Labour Office", "cc-by", "en")
    assert (cells["id"], cells["isbn"]) == ("isbn:9789220311615", "9789220311615")


def test_a_broken_entry_is_told_with_its_line_and_the_others_go_on() -> None:
    sheet = read_file(b"@book{a, title={One}}\n\n@book{b, title={Two\n\n@book{c, title={Three}}\n")
    assert [bool(row.problems) for row in sheet.rows] == [False, True, False]
    assert sheet.rows[1].line == 3


def test_a_file_of_broken_entries_does_not_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    assert len(read_file(b"@a{" * 1_000).rows) == 1_000
    assert len(read_file(b"@book{a, title={A}}\n" + b"@book{b title\n" * 1_000).rows) == 1_001
    assert caplog.records == []


def test_a_reference_without_an_end_is_told() -> None:
    assert read_file((RIS + "TY  - BOOK\nTI  - Lost\n").encode()).warnings


def test_the_same_reference_has_the_same_key_in_the_next_file() -> None:
    entry = b"@misc{%s, title={Old age}, year={2019}}"
    assert only(read_file(entry % b"a"))["id"] == "bibtex:a"
    first, second = (only(read_file(b"TY  - BOOK\nTI  - X\nPY  - 2019\nER  -\n"))["id"] for _again in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("CC BY 4.0", "cc-by"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "cc-by-nc-sa"),
        ("http://creativecommons.org/licenses/by/4.0/legalcode", "cc-by"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "cc0"),
        ("Creative Commons Attribution-NonCommercial 4.0 International", "cc-by-nc"),
        ("All rights reserved", "reserved"),
        # Not certain:
        ("https://creativecommons.org/licenses/by/3.0/igo/", ""),
        ("https://creativecommons.org/licenses/by/4.0/igo/", ""),
        ("CC BY 3.0 IGO", ""),
        ("CC BY-NC-SA 3.0", ""),
        ("https://example.org/licenses/by/4.0/", ""),
        ("info:eu-repo/semantics/openAccess", ""),
        ("Open access", ""),
        ("© ILO", ""),
        ("", ""),
    ],
)
def test_only_a_licence_that_is_certain_is_taken(said: str, value: str) -> None:
    assert certain_licence(said) == value


def test_two_licences_are_none() -> None:
    bib = "@misc{a, title={T}, license={CC BY 4.0}, copyright={CC BY-NC 4.0}}"
    (row,) = read_file(bib.encode()).rows
    assert not row.cells["licence"]
    assert "CC BY-NC 4.0" in row.notes["licence"]


@settings(max_examples=120, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("TYERAU0 -\n@book{}a,=\"#%\\'"), max_size=200),
    st.sampled_from(["TY  - BOOK\n", "@book{", "@string{a = ", "@comment{"]),
)
def test_no_text_does_worse_than_being_refused(text: str, beginning: str) -> None:
    with suppress(UnreadableTable):
        read_file((beginning + text).encode())


@pytest.mark.parametrize(
    "data",
    [b"@book{" * 3_000, b"@book{a," + b"{" * 100_000, b"TY  - BOOK\n" + b"AU  - x\n" * 50_000, b"@a{" + b"=" * 100_000],
)
def test_a_file_of_nothing_but_brackets_ends(data: bytes) -> None:
    with suppress(UnreadableTable):
        assert not [row for row in read_file(data).rows if not row.problems and row.cells["title"]]
