"""HTML pages and EPUB books."""

from __future__ import annotations

from pathlib import Path

import pytest

from resources.extraction.registry import read_file
from resources.extraction.types import ExtractedText, ExtractionFailure, FailureReason, Limits, Outcome
from tests.resources.extraction import office_files

ENTITIES = '<!DOCTYPE html [<!ENTITY a "boo"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


def read(tmp_path: Path, data: str | bytes, name: str = "a.html", limits: Limits | None = None) -> Outcome:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_file(path, name, limits or Limits())


def texts(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, ExtractedText), outcome
    return [passage.text for passage in outcome.passages]


def reason(outcome: Outcome) -> FailureReason:
    assert isinstance(outcome, ExtractionFailure), outcome
    return outcome.reason


def test_nothing_is_fetched_expanded_or_run(tmp_path: Path) -> None:
    page = f"{ENTITIES}<html><body>&a;&b;<script>bad()</script><svg><text>bad</text></svg>good</body></html>"
    [said] = texts(read(tmp_path, page))
    assert "good" in said
    assert not {"boo", "root:", "bad"} & set(said.split())


@pytest.mark.parametrize("page", ["<div>" * 200_000 + "deep", "<a " + "b='c' " * 100_000 + ">x", "<" * 500_000])
def test_odd_pages_have_an_outcome(tmp_path: Path, page: str) -> None:
    read(tmp_path, "<html>" + page)


@pytest.mark.parametrize("charset", ["tis-620", "gb18030", "utf-8", "no-such", "punycode"])
def test_a_page_in_any_encoding_has_an_outcome(tmp_path: Path, charset: str) -> None:
    read(tmp_path, f"<html><meta charset={charset}><body>".encode() + bytes(range(128, 256)) * 100)


def test_a_thai_page_in_its_old_encoding_is_read(tmp_path: Path) -> None:
    page = "<html><meta charset=tis-620><body>ประกันสังคม".encode("cp874")
    assert texts(read(tmp_path, page)) == ["ประกันสังคม"]


def test_a_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    page = (
        "<!doctype html><html lang=km><head><title>A title</title><meta name=author content='Ann'></head><body>"
        "<!-- no --><h1>One</h1>text <b>bold</b>er<br>line<p hidden>no<p>para<ul><li>a<li>b</ul>"
        "<table><tr><td>1</td><td>2</td></tr></table></body></html>"
    )
    outcome = read(tmp_path, page)
    assert texts(outcome) == ["One\ntext bolder\nline\npara\na\nb\n1\t2"]
    assert isinstance(outcome, ExtractedText)
    assert (outcome.title, outcome.authors, outcome.language) == ("A title", ("Ann",), "km")


def test_a_page_that_says_nothing_has_no_text(tmp_path: Path) -> None:
    assert reason(read(tmp_path, "<html><script>x()</script></html>")) is FailureReason.NO_TEXT


def test_a_page_with_another_name_is_disguised(tmp_path: Path) -> None:
    assert reason(read(tmp_path, "<html>Hello", "report.pdf")) is FailureReason.DISGUISED


def test_a_chapter_of_a_book_is_a_passage(tmp_path: Path) -> None:
    data = office_files.book(f"{ENTITIES}<html><head><title>t</title></head><body><h1>Một</h1><p>x&nbsp;y", "<p>Hai")
    outcome = read(tmp_path, data, "a.epub")
    assert texts(outcome) == ["Một\nx\xa0y", "Hai"]
    assert isinstance(outcome, ExtractedText)
    assert (outcome.title, outcome.authors, outcome.language, outcome.pages) == ("A book", ("Ann",), "vi", None)


def test_a_book_with_a_lock_is_encrypted_and_one_with_locked_fonts_is_read(tmp_path: Path) -> None:
    lock = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>'
        '<enc:CipherReference URI="OEBPS/{}"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    locked = office_files.book("<p>Một", encryption=lock.format("chapter%200.xhtml"))
    assert reason(read(tmp_path, locked, "a.epub")) is FailureReason.ENCRYPTED
    assert texts(read(tmp_path, office_files.book("<p>Một", encryption=lock.format("font.ttf")), "a.epub")) == ["Một"]


def test_a_book_without_its_lists_is_damaged(tmp_path: Path) -> None:
    data = office_files.packed({"mimetype": "application/epub+zip", "META-INF/container.xml": "<container/>"})
    assert reason(read(tmp_path, data, "a.epub")) is FailureReason.DAMAGED


def test_a_book_whose_directory_leads_nowhere_is_damaged(tmp_path: Path) -> None:
    data = office_files.book("<p>Một")
    record = data.rindex(b"PK\x05\x06")
    for said in (0, 1, record * 2, 0xFFFFFFF0):
        moved = data[: record + 16] + said.to_bytes(4, "little") + data[record + 20 :]
        assert isinstance(read(tmp_path, moved, "a.epub"), ExtractedText | ExtractionFailure)
    first = data.index(b"PK\x01\x02")
    for said in (record, 0xFFFFFFFE):
        moved = data[: first + 42] + said.to_bytes(4, "little") + data[first + 46 :]
        assert isinstance(read(tmp_path, moved, "a.epub"), ExtractedText | ExtractionFailure)


def test_a_chapter_that_unpacks_to_gigabytes_is_too_large(tmp_path: Path) -> None:
    data = office_files.book("<p>" + " " * (60 << 20))
    assert reason(read(tmp_path, data, "a.epub")) is FailureReason.TOO_LARGE
