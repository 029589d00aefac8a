"""Files for reference managers hold what was put in, and nothing that a title puts in by itself."""

from __future__ import annotations

import json
import re

import bibtexparser
import pytest
import rispy
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.interop.citations import CitationFormat, bibtex, csl_json, ris, written
from resources.interop.citations.as_bibtex import ESCAPES
from resources.interop.citations.cleaning import one_line
from resources.interop.record import Record
from tests.resources.interop.made import TITLES, record, records

RIS_KEYS = {"type_of_reference", "id", "authors", "title", "year", "publisher", "abstract", "language"} | {
    *("type_of_work", "keywords", "start_page", "end_page", "notes", "urls", "access_date")
}
BIBTEX_KEYS = {"title", "author", "year", "type", "institution", "howpublished", "publisher", "pages", "note"} | {
    *("url", "urldate", "language", "keywords", "abstract")
}


def unescaped(text: str) -> str:
    """What LaTeX shows of a value."""
    back = {written: char for char, written in ESCAPES.items()}
    return re.sub(r"\\text\w+\{\}|\\[&%$#_]", lambda match: back[match[0]], text)


@settings(max_examples=150, deadline=None)
@given(st.lists(records, max_size=4))
def test_no_record_adds_a_reference_or_a_field_to_ris(made: list[Record]) -> None:
    text = ris(made)
    text.encode()
    read = rispy.loads(text)
    assert len(read) == len(made)
    for reference, was in zip(read, made, strict=True):
        assert set(reference) <= RIS_KEYS
        if one_line(was.title):
            assert reference["title"] == one_line(was.title)


@settings(max_examples=150, deadline=None)
@given(st.lists(records, max_size=4))
def test_no_record_adds_an_entry_or_a_field_to_bibtex(made: list[Record]) -> None:
    text = bibtex(made)
    text.encode()
    read = bibtexparser.parse_string(text)
    assert not read.failed_blocks
    assert not read.comments
    assert len(read.entries) == len(made)
    for entry, was in zip(read.entries, made, strict=True):
        assert re.fullmatch(r"[a-z0-9-]+", entry.key)
        assert set(entry.fields_dict) <= BIBTEX_KEYS
        if one_line(was.title):
            assert unescaped(entry["title"][1:-1]) == one_line(was.title)


@settings(max_examples=150, deadline=None)
@given(st.lists(records, max_size=4))
def test_csl_json_is_read_again_whatever_is_in_it(made: list[Record]) -> None:
    items = json.loads(csl_json(made).encode())
    assert len({item["id"] for item in items}) == len(made)
    for item, was in zip(items, made, strict=True):
        if one_line(was.title):
            assert item["title"] == one_line(was.title)


@pytest.mark.parametrize("language", TITLES)
def test_titles_of_all_languages_come_back(language: str) -> None:
    work = record(title=TITLES[language], language=language, authors=(TITLES[language],))
    with override(language):
        (reference,) = rispy.loads(ris([work]))
        (entry,) = bibtexparser.parse_string(bibtex([work])).entries
        (item,) = json.loads(csl_json([work]))
    assert reference["title"] == item["title"] == TITLES[language]
    assert entry["title"] == f"{{{TITLES[language]}}}"
    assert reference["authors"] == [TITLES[language]]
    assert item["author"] == [{"literal": TITLES[language]}]
    assert entry.key.isascii()


def test_a_report_is_a_report_with_its_pages() -> None:
    work = record(part="pages 3–7", authors=("Author, Anna", "Nguyễn Văn An"))
    (reference,) = rispy.loads(ris([work]))
    assert reference == {
        "type_of_reference": "RPRT",
        "id": reference["id"],
        "authors": ["Author, Anna", "Nguyễn Văn An"],
        "title": "Social protection in ASEAN",
        "year": "2023",
        "publisher": "Granary Press",
        "abstract": "Who is covered.",
        "language": "en",
        "type_of_work": "Fact sheet",
        "keywords": ["Cambodia"],
        "start_page": "3",
        "end_page": "7",
        "urls": ["https://lumbung.example/en/library/a/"],
        "access_date": "2026/11/27",
    }
    (entry,) = bibtexparser.parse_string(bibtex([work])).entries
    assert entry.entry_type == "techreport"
    assert entry["author"] == "Author, Anna and {Nguyễn Văn An}"
    assert entry["pages"] == "3--7"
    assert entry["institution"] == "{Granary Press}"
    (item,) = json.loads(csl_json([work]))
    assert item["author"] == [{"family": "Author", "given": "Anna"}, {"literal": "Nguyễn Văn An"}]
    assert (item["type"], item["genre"], item["page"]) == ("report", "Fact sheet", "3-7")


def test_a_film_is_a_film_with_its_span() -> None:
    work = record(type="video", part="02:10–04:35")
    (reference,) = rispy.loads(ris([work]))
    assert (reference["type_of_reference"], reference["notes"]) == ("VIDEO", ["02:10–04:35"])
    (entry,) = bibtexparser.parse_string(bibtex([work])).entries
    assert (entry.entry_type, entry["note"], entry["howpublished"]) == ("misc", "02:10–04:35", "Video")
    (item,) = json.loads(csl_json([work]))
    assert (item["type"], item["medium"], item["note"]) == ("motion_picture", "Video", "02:10–04:35")


def test_what_only_has_a_publisher_is_the_publishers_work() -> None:
    work = record(authors=())
    assert rispy.loads(ris([work]))[0]["authors"] == ["Granary Press"]
    assert bibtexparser.parse_string(bibtex([work])).entries[0]["author"] == "{Granary Press}"


def test_a_work_has_the_same_key_in_every_list_and_no_two_have_one() -> None:
    first, second = record(), record(identifier="0b20")
    alone = json.loads(csl_json([second]))[0]["id"]
    ids = [item["id"] for item in json.loads(csl_json([first, second, second]))]
    assert ids[1:] == [alone, f"{alone}-2"]
    assert len(set(ids)) == 3
    assert alone.startswith("author2023social-")


def test_an_address_that_is_none_is_left_out_and_one_cannot_end_its_field() -> None:
    assert "urls" not in rispy.loads(ris([record(url="javascript:alert(1)", source_url="")]))[0]
    work = record(url="https://x.example/ក;a}b\\c d")
    address = "https://x.example/%E1%9E%80%3Ba%7Db%5Cc%20d"
    assert rispy.loads(ris([work]))[0]["urls"] == [address]
    assert bibtexparser.parse_string(bibtex([work])).entries[0]["url"] == address


def test_a_record_that_stands_twice_is_written_once() -> None:
    assert len(rispy.loads(written([record(), record()], CitationFormat.RIS, "en"))) == 1


def test_nothing_makes_an_empty_file() -> None:
    assert ris([]).strip() == bibtex([]).strip() == ""
    assert json.loads(csl_json([])) == []
