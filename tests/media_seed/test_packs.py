"""The demonstration's packs hold what there is, and say it in their own language."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from portal.demonstration import manifest
from resources.packs.choosing import read_clock, read_pages
from resources.packs.codes import ALPHABET, CODE_LENGTH
from search.analysis import detect_language

ROOT = Path(__file__).resolve().parents[2] / "media_seed"
PACKS = list(manifest.packs(ROOT))
WORKS = {work.slug: work for work in manifest.works(ROOT)}
ITEMS = [item for pack in PACKS for section in pack.sections for item in section.items]


def test_two_packs_in_two_languages() -> None:
    assert len({pack.language for pack in PACKS}) >= 2
    assert len({pack.code for pack in PACKS}) == len(PACKS)
    assert all(len(pack.code) == CODE_LENGTH and set(pack.code) <= set(ALPHABET) for pack in PACKS)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.code)
def test_its_words_are_in_its_language(pack: manifest.SeedPack) -> None:
    words = [pack.title, pack.introduction, *(section.title for section in pack.sections)]
    words += [text for section in pack.sections for item in section.items for text in (item.note, *item.questions)]
    assert detect_language(" ".join(words)) == pack.language


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.work}{item.pages}{item.span}")
def test_its_works_pages_and_spans_are_there(item: manifest.SeedItem) -> None:
    work = WORKS[item.work]
    if item.pages:
        wanted = read_pages(item.pages)
        path = next(file.path for file in work.files if file.language == item.language)
        assert wanted is not None
        assert wanted[1] <= len(pypdf.PdfReader(path).pages)
    if item.span:
        start, end = (read_clock(clock) for clock in item.span.split("-"))
        assert start is not None
        assert end is not None
        assert start < end
        assert any(file.path.suffix == ".mp4" for file in work.files)
