"""The tile map: each country a tile in its place in the region, darker the more works there are about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resources.models import Country
from resources.places import country_name

SHADES = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """`shade` is 0 for no works, else 1 to 3 by their share of the most any country has.

    `row` and `column` count from 1. `off`: the country has no place on the map and stands in a row below it.
    """

    code: str
    name: str
    url: str
    count: int
    shade: int
    row: int
    column: int
    off: bool


def tiles(countries: Iterable[Country], counts: Mapping[str, int], section: str) -> list[Tile]:
    """The countries in reading order of the map, those off the map last by name."""
    held = list(countries)
    most = max((counts.get(country.code, 0) for country in held), default=0)
    below = max((country.row for country in held), default=0) + 1
    off = sorted((country for country in held if not country.row), key=lambda country: country_name(country.code))
    places = {country.code: (below, column) for column, country in enumerate(off, start=1)}
    made = [
        _tile(
            country, counts.get(country.code, 0), most, section, places.get(country.code, (country.row, country.column))
        )
        for country in held
    ]
    return sorted(made, key=lambda tile: (tile.row, tile.column))


def _tile(country: Country, count: int, most: int, section: str, place: tuple[int, int]) -> Tile:
    return Tile(
        code=country.code,
        name=country_name(country.code),
        url=f"{section}{country.code.lower()}/",
        count=count,
        shade=-(-count * SHADES // most) if count else 0,
        row=place[0],
        column=place[1],
        off=not country.row,
    )
