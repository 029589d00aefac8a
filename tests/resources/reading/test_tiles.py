"""The tile map says how much there is about each country."""

from __future__ import annotations

from resources.models import Country
from resources.reading.tiles import tiles


def country(code: str, row: int = 0, column: int = 0) -> Country:
    return Country(code=code, row=row, column=column)


def test_an_empty_library_has_pale_tiles() -> None:
    (tile,) = tiles([country("VN", 1, 3)], {}, "/en/countries/")
    assert (tile.count, tile.shade) == (0, 0)


def test_no_country_makes_no_tile() -> None:
    assert tiles([], {}, "/") == []


def test_a_country_off_the_map_stands_in_a_row_of_its_own_below() -> None:
    made = tiles([country("JP"), country("VN", 1, 3), country("MN"), country("ID", 3, 4)], {}, "/")
    assert [(tile.code, tile.row, tile.column, tile.off) for tile in made] == [
        ("VN", 1, 3, False),
        ("ID", 3, 4, False),
        ("JP", 4, 1, True),
        ("MN", 4, 2, True),
    ]


def test_the_more_works_the_darker() -> None:
    made = tiles(
        [country("VN", 1, 1), country("TH", 1, 2), country("LA", 1, 3)], {"VN": 30, "TH": 12, "LA": 1}, "/en/c/"
    )
    assert [tile.shade for tile in made] == [3, 2, 1]
    assert made[0].url == "/en/c/vn/"
