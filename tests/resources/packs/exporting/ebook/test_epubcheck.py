"""EPUBCheck finds nothing to say against the e-book of any pack."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from resources.packs.content import PackContent
from resources.packs.exporting.ebook import epub
from resources.packs.exporting.types import ExportOptions
from tests.resources.packs.exporting.editions import full_edition
from tests.resources.packs.made import NOTES, Shelf, edition

SCRIPT = Path(__file__).resolve().parents[5] / "scripts" / "epubcheck"

pytestmark = pytest.mark.epubcheck


def complaints(book: Path) -> list[str]:
    report = book.with_suffix(".json")
    done = subprocess.run([SCRIPT, book, "--json", report], capture_output=True, text=True, check=False)
    messages = json.loads(report.read_text())["messages"]
    found = [f"{each['severity']} {each['ID']} {each['message']} {each['locations'][:2]}" for each in messages]
    assert done.returncode == 0 or found, done.stderr
    return found


def written(folder: Path, content: PackContent, shelf: Shelf, language: str) -> Path:
    target = folder / "book.epub"
    epub(content, ExportOptions(language), shelf, target, lambda share: None)
    return target


def test_it_would_tell_of_a_book_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(b"PK no book")
    assert complaints(tmp_path / "book.epub")


@pytest.mark.parametrize("language", NOTES)
def test_an_edition_with_all_that_may_go_wrong_is_right_in_every_language(tmp_path: Path, language: str) -> None:
    shelf = Shelf()
    assert complaints(written(tmp_path, full_edition(shelf, tmp_path, language), shelf, language)) == []


def test_an_edition_without_items_is_right(tmp_path: Path) -> None:
    empty = edition([], language="my", title="", introduction="", maker="", url="", sections=())
    assert complaints(written(tmp_path, empty, Shelf(), "my")) == []


def test_an_edition_whose_own_words_are_hostile_is_right(tmp_path: Path) -> None:
    text = "]]> <script> & \ud800 \x00 \x0b \ufffe " + "é" * 3_000
    hostile = replace(
        edition([], language="en"),
        title=text,
        introduction=text,
        maker=text,
        url=text,
        code=text,
        based_on=(text, text),
    )
    assert complaints(written(tmp_path, hostile, Shelf(), "en")) == []
