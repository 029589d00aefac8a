"""What a carried pack will weigh is told before it is made."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from resources.packs.content import ItemKind, PackContent
from resources.packs.exporting.carrying import Budget, byte_budget, carry_zip
from resources.packs.exporting.types import ExportOptions
from search.languages import LANGUAGE_CODES
from tests.resources.packs.made import Shelf, document_item, edition, seed_pdfs, video_item

FOLDERS = {"items": "pages", "files": "documents", "pictures": "pictures"}


def weighed(content: PackContent, shelf: Shelf, folder: Path) -> tuple[dict[str, int], int]:
    """Bytes by kind as they are in the zip, and of the zip."""
    target = folder / "pack.zip"
    carry_zip(content, ExportOptions(content.language), shelf, target, lambda done: None)
    found = dict.fromkeys(Budget.__dataclass_fields__, 0)
    for info in zipfile.ZipFile(target).infolist():
        top = info.filename.partition("/")[0]
        kind = FOLDERS.get(top, "search" if top.startswith("search") else "pages")
        if top == "media":
            kind = "captions" if info.filename.endswith(".vtt") else "videos"
        found[kind] += info.compress_size
    return found, target.stat().st_size


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_media_are_told_to_the_byte_and_the_rest_nearly(language: str, tmp_path: Path) -> None:
    shelf = Shelf()
    items = [document_item(shelf, path, language=language, key=path.stem) for path in seed_pdfs(language)[:8]]
    items.append(video_item(shelf, language=language))
    content = edition(items, language=language)
    told = byte_budget(content, language)
    found, total = weighed(content, shelf, tmp_path)
    # The zip says some 150 bytes of each file beside its own.
    assert told.documents - found["documents"] == 8 * 150
    assert told.videos - found["videos"] == 150
    assert told.captions - found["captions"] == 4 * 150
    assert told.search == pytest.approx(found["search"], rel=0.2)
    assert told.pages == pytest.approx(found["pages"], rel=0.35)
    assert told.total == pytest.approx(total, rel=0.03)


def test_chosen_pages_weigh_less_than_the_document(tmp_path: Path) -> None:
    shelf = Shelf()
    whole = document_item(shelf, seed_pdfs("my")[0], language="my")
    part = replace(whole, kind=ItemKind.PAGES, first_page=1, last_page=1)
    content = edition([part], language="my")
    told, all_of_it = (byte_budget(edition([each], language="my"), "my") for each in (part, whole))
    assert told.documents < all_of_it.documents
    assert told.search < all_of_it.search
    assert told.documents == pytest.approx(weighed(content, shelf, tmp_path)[0]["documents"], rel=0.4)


def test_what_is_gone_weighs_nothing_and_what_is_there_twice_weighs_once() -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en", picture="0" * 64)
    empty = byte_budget(edition([], language="en"), "en")
    assert byte_budget(edition([replace(item, gone="Withdrawn.")], language="en"), "en") == empty
    twice = byte_budget(edition([item, replace(item, key="again")], language="en"), "en")
    assert twice.documents == byte_budget(edition([item], language="en"), "en").documents == item.files[0].size + 150
    assert twice.pictures > 0


def test_a_file_that_is_no_document_weighs_nothing() -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en")
    page = replace(item, files=(replace(item.files[0], media_type="text/html"),))
    assert byte_budget(edition([page], language="en"), "en").documents == 0
