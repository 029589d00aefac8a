"""The citations of a pack."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import rispy

from resources.interop.citations import CitationFormat
from resources.packs.citing import pack_citations
from resources.packs.content import ItemKind
from tests.resources.packs.made import NOTES, Shelf, document_item, edition, seed_pdfs, video_item

LANGUAGES = tuple(NOTES)


def test_a_work_that_was_withdrawn_is_not_cited() -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en")
    gone = replace(item, key="gone", work="gone", texts={}, files=(), gone="It was withdrawn.")
    text, _type, _name = pack_citations(edition([gone, item], language="en"), CitationFormat.RIS, "en")
    assert len(rispy.loads(text)) == 1


def test_an_empty_pack_has_no_citations() -> None:
    content = edition([], language="en")
    assert pack_citations(content, CitationFormat.CSL_JSON, "en")[0] == "[]\n"
    assert pack_citations(content, CitationFormat.APA, "en")[0].strip() == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_are_told_in_every_language(language: str) -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en")
    pages = replace(item, kind=ItemKind.PAGES, first_page=3, last_page=7)
    content = edition([pages, video_item(shelf, language="en")], language=language)
    report, film = json.loads(pack_citations(content, CitationFormat.CSL_JSON, language)[0])
    assert report["page"] == "3-7"
    assert film["note"] == "00:05–00:20"
    chicago = pack_citations(content, CitationFormat.CHICAGO, language)[0]
    assert "3–7" in chicago
    assert "(00:05–00:20)" in chicago


@pytest.mark.parametrize(
    ("form", "media_type", "name"),
    [
        (CitationFormat.RIS, "application/x-research-info-systems", "K7M2QX-1.ris"),
        (CitationFormat.BIBTEX, "application/x-bibtex", "K7M2QX-1.bib"),
        (CitationFormat.CSL_JSON, "application/vnd.citationstyles.csl+json", "K7M2QX-1.json"),
        (CitationFormat.HARVARD, "text/plain", "K7M2QX-1-harvard.txt"),
    ],
)
def test_a_file_says_what_it_is_and_is_the_same_each_time(form: CitationFormat, media_type: str, name: str) -> None:
    content = edition([document_item(Shelf(), seed_pdfs("en")[0], language="en")], language="en")
    text, told, called = pack_citations(content, form, "en")
    assert (told, called) == (media_type, name)
    assert pack_citations(content, form, "en")[0] == text
