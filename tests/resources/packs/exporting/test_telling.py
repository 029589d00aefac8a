"""A worker that is at work says so, whatever step it is at: else another one takes its export from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from resources.packs.content import ItemKind, PackContent
from resources.packs.exporting.carrying import carry_zip
from resources.packs.exporting.cartridge import cartridge
from resources.packs.exporting.ebook import epub
from resources.packs.exporting.printing import print_pdf
from resources.packs.exporting.telling import Telling
from resources.packs.exporting.types import Exporter, ExportOptions, Paper
from resources.packs.exporting.zipping import Zip
from tests.resources.packs.made import Shelf, document_item, edition, seed_pdfs

EVERY = {"pdf": print_pdf, "zip": carry_zip, "epub": epub, "cartridge": cartridge}


class TakenAway(Exception):
    pass


def pack(shelf: Shelf, count: int) -> PackContent:
    """Pages of documents that were not read yet, so that each costs a look."""
    items = [
        document_item(shelf, path, language="en", key=f"{at}", kind=ItemKind.PAGES, first_page=1, last_page=1)
        for at, path in enumerate(seed_pdfs("en")[:count])
    ]
    return edition(
        [replace(item, files=tuple(replace(file, passages=()) for file in item.files)) for item in items], language="en"
    )


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("two", [False, True], ids=["one", "two on a sheet"])
def test_each_document_is_told_of_and_shares_only_grow(tmp_path: Path, kind: str, two: bool) -> None:
    def told(count: int) -> list[float]:
        shelf = Shelf()
        shares: list[float] = []
        options = ExportOptions("en", Paper.A4, two_on_a_sheet=two)
        EVERY[kind](pack(shelf, count), options, shelf, tmp_path / "made", shares.append)
        return shares

    few, many = told(1), told(5)
    # Once before it is looked at, and once after it is written at the least.
    assert len(many) - len(few) >= 8
    assert many == sorted(many)
    assert many[-1] == 1.0


@pytest.mark.parametrize("kind", EVERY)
def test_who_is_told_to_stop_stops_at_any_step_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    def stopping(after: int) -> Callable[[float], None]:
        left = [after]

        def tell(_share: float) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise TakenAway

        return tell

    export: Exporter = EVERY[kind]
    shelf = Shelf()
    content = pack(shelf, 2)
    for after in (0, 2, 4):
        target = tmp_path / f"{after}"
        with pytest.raises(TakenAway):
            export(content, ExportOptions("en"), shelf, target, stopping(after))
        assert [path for path in tmp_path.iterdir() if path != target] == []
        target.unlink(missing_ok=True)


def test_a_large_file_is_told_of_while_it_is_copied(tmp_path: Path) -> None:
    large = tmp_path / "film.mp4"
    large.write_bytes(bytes(5 << 20))
    told: list[float] = []
    tell = Telling(told.append)
    tell.between(0.5, 1.0)(0.5)
    with Zip(tmp_path / "made.zip", edition([], language="en").made) as archive:
        archive.copy("film.mp4", large, tell.still)
    assert told == [0.75] * 6
