"""The tile map: each country a tile in its place in the region, darker the more works there are about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resources.models import Country
from resources.places import country_name

SHADES = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """`shade` is 0 for no works, else 1 to 3 by their share of the most any country has. `row` and `column` count from 1."""

    code: str
    name: str
    url: str
    count: int
    shade: int
    row: int
    column: int


def tiles(countries: Iterable[Country], counts: Mapping[str, int], section: str) -> list[Tile]:
    """The countries in reading order of the map, those off the map last by name."""
    countries = list(countries)
    most = max((counts.get(country.code, 0) for country in countries), default=0)
    made = [_tile(country, counts.get(country.code, 0), most, section) for country in countries]
    return sorted(made, key=lambda tile: (not tile.row, tile.row, tile.column, tile.name))


def _tile(country: Country, count: int, most: int, section: str) -> Tile:
    return Tile(
        code=country.code,
        name=country_name(country.code),
        url=f"{section}{country.code.lower()}/",
        count=count,
        shade=-(-count * SHADES // most) if count else 0,
        row=country.row,
        column=country.column,
    )
