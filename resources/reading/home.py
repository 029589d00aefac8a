"""The first page: counts by country and theme, the newest works, what is coming."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from resources.models import Country
from resources.reading.cards import cards
from resources.reading.events import coming
from resources.reading.found import counts, facet, find, search_address
from resources.reading.sections import sections
from resources.reading.tiles import tiles

NEWEST = 6
THEMES = 14
EVENTS = 3

# What people look for, each in the words of one language: the first thing to see is that any script will do.
EXAMPLES = (
    ("en", "one-stop service"),
    ("lo", "ປະກັນສັງຄົມ"),
    ("id", "jaminan hari tua"),
    ("my", "အလုပ်လက်မဲ့"),
    ("th", "ประกันการว่างงาน"),
    ("km", "សន្តិសុខសង្គម"),
)


def home_context(request: HttpRequest) -> dict[str, Any]:
    """What the first page shows, by one search and the events to come."""
    results = find(request, page_size=NEWEST)
    stand = sections()
    themes = sorted((value for value in facet(results, "theme") if value.count), key=lambda value: -value.count)[
        :THEMES
    ]
    return {
        "total": results.total,
        "newest": cards(results.hits),
        "tiles": tiles(Country.objects.all(), counts(results, "country"), stand.countries),
        "themes": [(value.label, f"{stand.themes}{value.value}/", value.count) for value in themes],
        "countries_url": stand.countries,
        "themes_url": stand.themes,
        "events_url": stand.events,
        "coming": coming(EVENTS, stand.events),
        "examples": [(language, words, search_address(q=words)) for language, words in EXAMPLES],
    }
