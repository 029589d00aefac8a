"""Word, PowerPoint and Excel files: those that do harm first."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from resources.extraction.reading import FileToRead, Reader
from resources.extraction.registry import read_file
from resources.extraction.types import ExtractedText, ExtractionFailure, FailureReason, Limits, Outcome
from tests.resources.extraction import office_files

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 9))
    + f']><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>'.encode()
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'.encode()
)


def read(tmp_path: Path, data: bytes, name: str, limits: Limits | None = None) -> Outcome:
    path = tmp_path / name
    path.write_bytes(data)
    return read_file(path, name, limits or Limits())


def reason(outcome: Outcome) -> FailureReason:
    assert isinstance(outcome, ExtractionFailure), outcome
    return outcome.reason


def text(outcome: Outcome) -> ExtractedText:
    assert isinstance(outcome, ExtractedText), outcome
    return outcome


@pytest.mark.parametrize("part", [LAUGHS, OUTSIDE, LAUGHS.decode().encode("utf-16")], ids=["laughs", "outside", "wide"])
def test_entities_are_refused(tmp_path: Path, part: bytes) -> None:
    data = office_files.with_part(office_files.word(), "word/document.xml", part)
    assert reason(read(tmp_path, data, "a.docx")) is FailureReason.DAMAGED


def test_a_zip_bomb_is_too_large(tmp_path: Path) -> None:
    data = office_files.with_part(office_files.word(), "word/styles.xml", b" " * (200 << 20))
    assert len(data) < 1 << 20
    assert reason(read(tmp_path, data, "a.docx")) is FailureReason.TOO_LARGE


def test_a_picture_that_unpacks_to_gigabytes_is_left_packed(tmp_path: Path) -> None:
    data = office_files.with_part(office_files.word(), "word/media/image1.png", bytes(300 << 20))
    assert "Thailand" in text(read(tmp_path, data, "a.docx")).passages[-2].text


def test_a_tree_too_large_for_the_memory_ends_with_its_child(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    body = f'<w:document xmlns:w="{W}"><w:body>' + "<w:p/>" * 7_000_000 + "</w:body></w:document>"
    path.write_bytes(office_files.with_part(office_files.word(), "word/document.xml", body.encode()))
    with Reader(Limits(memory_mb=256, seconds=20)) as reader:
        ended = reason(reader.read(FileToRead(path)))
    assert ended in (FailureReason.TOO_MUCH_MEMORY, FailureReason.TOOK_TOO_LONG, FailureReason.DAMAGED)


def test_thousands_of_entries_are_too_many(tmp_path: Path) -> None:
    data = office_files.packed(
        {"[Content_Types].xml": "wordprocessingml.document.main+xml"} | {f"{n}.xml": "" for n in range(12_000)},
        zipfile.ZIP_STORED,
    )
    assert reason(read(tmp_path, data, "a.docx")) is FailureReason.DISGUISED


@pytest.mark.parametrize("kind", ["word", "slides", "sheets"])
def test_a_file_cut_off_anywhere_has_an_outcome(tmp_path: Path, kind: str) -> None:
    whole = getattr(office_files, kind)()
    ending = {"word": "docx", "slides": "pptx", "sheets": "xlsx"}[kind]
    for length in range(100, len(whole), len(whole) // 15):
        assert isinstance(read(tmp_path, whole[:length], f"a.{ending}"), ExtractionFailure)


def test_too_much_text_is_too_large(tmp_path: Path) -> None:
    assert reason(read(tmp_path, office_files.word(), "a.docx", Limits(characters=1_000))) is FailureReason.TOO_LARGE


def test_word_is_read_by_about_a_page_and_begins_at_headings(tmp_path: Path) -> None:
    found = text(read(tmp_path, office_files.word(), "a.docx"))
    assert (found.title, found.authors, found.language) == (
        "Old-age pensions",
        ("Ann Example", "Budi Contoh"),
        "en-GB",
    )
    assert (found.pages, {passage.page for passage in found.passages}) == (None, {None})
    assert found.passages[0].text.startswith("The first chapter\nSocial")
    assert found.passages[-1].text == "The second chapter\nThe end."
    assert found.passages[-2].text.endswith("Thailand\tประกันสังคม")
    assert all(len(passage.text) < 4_000 for passage in found.passages)


def test_slides_have_numbers_and_their_notes(tmp_path: Path) -> None:
    found = text(read(tmp_path, office_files.slides(), "a.pptx"))
    assert [(passage.page, passage.text) for passage in found.passages] == [
        (1, "Coverage\nA point\nWhat the speaker says"),
        (3, "Thanks"),
    ]
    assert (found.pages, found.title) == (3, "")


def test_a_sheet_is_a_passage_and_one_that_is_hidden_is_none(tmp_path: Path) -> None:
    found = text(read(tmp_path, office_files.sheets(), "a.xlsx"))
    assert [passage.text for passage in found.passages] == ["Budget\nYear\tAmount\n2024\t3.5", "Far\nnear"]
