from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from resources.extraction import pdf
from resources.extraction.cleaning import clean
from resources.extraction.pdf_fonts import read_to_unicode
from resources.extraction.pdf_lines import unwrap
from resources.extraction.sniff import PDF
from resources.extraction.thumbnails import first_page
from resources.extraction.types import CannotExtract, ExtractedText, FailureReason, Limits
from search.analysis import readable
from tests.resources.extraction import hostile, typeset


def read(tmp_path: Path, data: bytes, limits: Limits | None = None) -> ExtractedText:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    return pdf.extract(path, PDF, limits or Limits())


def reason(tmp_path: Path, data: bytes, limits: Limits | None = None) -> CannotExtract:
    with pytest.raises(CannotExtract) as problem:
        read(tmp_path, data, limits)
    return problem.value


def unspaced(text: str) -> str:
    return "".join(readable(text).split())


def test_a_scanned_pdf_says_that_it_has_no_text_but_how_many_pages(tmp_path: Path) -> None:
    problem = reason(tmp_path, hostile.one_page(hostile.stream(b"0 0 m 100 100 l S")))
    assert problem.reason is FailureReason.NO_TEXT
    assert problem.known.pages == 1


def test_a_locked_pdf_says_so_and_one_that_only_restricts_printing_is_read(tmp_path: Path) -> None:
    assert reason(tmp_path, hostile.encrypted("secret")).reason is FailureReason.ENCRYPTED
    assert read(tmp_path, hostile.encrypted("")).passages[0].text == "Social protection for all"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7",
        hostile.simple()[:200],
        hostile.pages_in_a_circle(),
        hostile.said_to_have_pages(10**9),
        hostile.nested_arrays(50_000),
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
    ],
    ids=["header", "truncated", "circle", "no page", "nested", "noise"],
)
def test_a_broken_pdf_is_damaged(tmp_path: Path, data: bytes) -> None:
    assert reason(tmp_path, data).reason is FailureReason.DAMAGED


def test_a_circle_of_cross_references_costs_no_text(tmp_path: Path) -> None:
    assert read(tmp_path, hostile.cross_references_in_a_circle()).passages[0].text == "Social protection for all"


def test_a_pdf_with_too_many_pages_or_characters_is_too_large(tmp_path: Path) -> None:
    long = reason(tmp_path, hostile.many_pages(10_000))
    assert (long.reason, long.known.pages) == (FailureReason.TOO_LARGE, 10_000)
    assert reason(tmp_path, hostile.many_pages(30), Limits(characters=100)).reason is FailureReason.TOO_LARGE
    assert reason(tmp_path, hostile.simple(), Limits(page_characters=10)).reason is FailureReason.TOO_LARGE
    assert reason(tmp_path, hostile.simple(), Limits(bytes=100)).reason is FailureReason.TOO_LARGE


def test_pages_without_text_keep_the_numbers_of_the_others(tmp_path: Path) -> None:
    found = read(tmp_path, typeset.pdf("First", "", "Third"))
    assert [(passage.page, passage.text) for passage in found.passages] == [(1, "First"), (3, "Third")]
    assert found.pages == 3


def test_title_authors_and_language_come_from_the_metadata(tmp_path: Path) -> None:
    found = read(tmp_path, typeset.pdf("Text", title="ຄູ່ມື", authors=("A. One", "B. Two"), language="lo"))
    assert found.title == "ຄູ່ມື"
    assert found.language == "lo"
    assert "A. One" in found.authors[0]


@pytest.mark.parametrize("language", typeset.TEXTS)
def test_text_in_every_script_comes_out_as_it_was_written(tmp_path: Path, language: str) -> None:
    # Narrow lines, so that words are broken between them; the text twice, so that no cluster is the last.
    text = typeset.TEXTS[language]
    found = read(tmp_path, typeset.pdf(f"{text} {text}", language=language, width="7cm"))
    assert unspaced("".join(passage.text for passage in found.passages)) == unspaced(text * 2)
    assert clean(found)[1] == language


@pytest.mark.parametrize("language", ["th", "km", "lo", "my", "zh-hans"])
def test_a_paragraph_of_a_script_without_spaces_has_no_line_ends_within(tmp_path: Path, language: str) -> None:
    text = typeset.TEXTS[language].split()[0] * 4
    found = read(tmp_path, typeset.pdf(text, language=language, width="8cm"))
    assert text[: len(text) // 2] in readable(found.passages[0].text)


def test_a_cluster_said_twice_stays_twice(tmp_path: Path) -> None:
    text = "គាំគាំពារ រូ៉ូ មុំមុំ"
    assert unspaced(read(tmp_path, typeset.pdf(text, language="km")).passages[0].text) == unspaced(text)


def test_words_broken_by_a_hyphen_are_whole_again(tmp_path: Path) -> None:
    text = "Unemployment insurance administration responsibilities internationalization"
    page = f"#set par(justify: true)\n#set text(hyphenate: true)\n{text}"
    outcome, _ = clean(read(tmp_path, typeset.pdf(page, width="7cm")))
    assert isinstance(outcome, ExtractedText)
    assert outcome.passages[0].text.split() == text.split()


def test_a_heading_is_not_joined_with_what_follows() -> None:
    assert unwrap("หัวข้อ\nการประกันการว่างงานช่วยให้คน\nงานรู้สึกมั่นคงเมื่อไม่มีงานทำ\nจบ") == (
        "หัวข้อ\nการประกันการว่างงานช่วยให้คนงานรู้สึกมั่นคงเมื่อไม่มีงานทำจบ"
    )
    assert unwrap("one\ntwo") == "one\ntwo"


def test_a_map_of_codes_with_ranges_and_lists_is_read() -> None:
    cmap = b"1 beginbfchar <0001> <17801 7B6> endbfchar "
    cmap += b"2 beginbfrange <0002> <0004> <0E01> <0005> <0006> [<0061> <0062>] endbfrange"
    assert read_to_unicode(cmap) == {1: "កា", 2: "ก", 3: "ข", 4: "ฃ", 5: "a", 6: "b"}


def test_a_thumbnail_is_a_picture_of_the_first_page_480_wide(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(typeset.pdf(typeset.TEXTS["th"], language="th"))
    picture = first_page(path)
    assert picture is not None
    image = Image.open(io.BytesIO(picture))
    assert (image.format, image.width) == ("WEBP", 480)
    assert 400 < image.height < 420
    darkest, _ = image.convert("L").getextrema()
    assert darkest < 80


@pytest.mark.parametrize(
    "box", [b"0 0 1 14400", b"0 0 14400 1", b"0 0 14400 14400", b"0 0 0 0", b"0 0 99999999 99999999"]
)
def test_a_page_of_any_size_has_a_small_picture_or_none(tmp_path: Path, box: bytes) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(hostile.simple().replace(b"0 0 300 400", box))
    picture = first_page(path)
    if picture is not None:
        image = Image.open(io.BytesIO(picture))
        assert image.width <= 480
        assert image.height <= 960
