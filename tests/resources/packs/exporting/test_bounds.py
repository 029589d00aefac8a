"""No pack is too large to be made into one file: what is too much is told, and the rest is whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resources.packs.content import ItemKind
from resources.packs.exporting import bounds
from resources.packs.exporting.bounds import within_bounds
from tests.resources.packs.made import Shelf, document_item, edition, seed_pdfs, video_item


def test_ranges_of_one_document_that_come_to_too_many_pages_are_left_out() -> None:
    shelf = Shelf()
    whole = document_item(shelf, seed_pdfs("en")[0], language="en")
    items = [
        replace(whole, key=f"K{number}", kind=ItemKind.PAGES, first_page=1, last_page=400 - number)
        for number in range(10)
    ]
    told = within_bounds(edition(items, language="en"), "en")
    assert len(told.present) == 5
    assert "the pack would be too large" in told.items[-1].gone
    assert told.items[-1].files == ()


@pytest.mark.parametrize("bound", ["MOST_BYTES", "MOST_CHARACTERS"])
def test_what_comes_to_too_much_is_left_out(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, bound, 1)
    shelf = Shelf()
    items = [document_item(shelf, seed_pdfs("km")[0], language="km"), video_item(shelf, language="km")]
    told = within_bounds(edition(items, language="km"), "km")
    assert told.present == ()


def test_what_fits_is_as_it_was() -> None:
    shelf = Shelf()
    content = edition([document_item(shelf, seed_pdfs("th")[0], language="th")], language="th")
    assert within_bounds(content, "th") == content
