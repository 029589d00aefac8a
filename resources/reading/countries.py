"""All countries, and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from resources.models import Country
from resources.places import country_name
from resources.reading.cards import cards
from resources.reading.found import counts, facet, find, page_number, search_address
from resources.reading.sections import sections
from resources.reading.tiles import tiles

THEMES = 10


def countries_context(request: HttpRequest) -> dict[str, Any]:
    """The map of all countries, and the lists below it: members of ASEAN and others."""
    held = list(Country.objects.all())
    made = tiles(held, counts(find(request, page_size=1), "country"), sections().countries)
    members = {country.code for country in held if country.is_member}
    return {
        "tiles": made,
        "members": sorted((tile for tile in made if tile.code in members), key=lambda tile: tile.name),
        "partners": sorted((tile for tile in made if tile.code not in members), key=lambda tile: tile.name),
    }


def country_context(country: Country, request: HttpRequest) -> dict[str, Any]:
    """`country` comes with its introductions prefetched."""
    code = country.code
    results = find(request, {"country": (code,)}, page=page_number(request))
    introduction, language = country.introduction(get_language() or "en")
    stand = sections()
    themes = sorted((value for value in facet(results, "theme") if value.count), key=lambda value: -value.count)[
        :THEMES
    ]
    return {
        "country": country,
        "name": country_name(code),
        "introduction": introduction,
        "introduction_language": language,
        "results": results,
        "works": cards(results.hits),
        "kinds": [
            (value.label, search_address(country=code, type=value.value), value.count)
            for value in facet(results, "type")
            if value.count
        ],
        "themes": [(value.label, f"{stand.themes}{value.value}/", value.count) for value in themes],
        "search_url": search_address(country=code),
        "neighbours": [
            tile
            for tile in tiles(Country.objects.all(), counts(results, "country"), stand.countries)
            if tile.code != code and tile.count
        ],
    }
