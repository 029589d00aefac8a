"""What the pages of the library show to a visitor: from models and search to plain values that templates print."""

from __future__ import annotations

from resources.reading.countries import countries_context, country_context
from resources.reading.events import event_context, events_context
from resources.reading.home import home_context
from resources.reading.library import library_response
from resources.reading.shelf import shelf_context
from resources.reading.themes import theme_context, themes_context
from resources.reading.work import work_context

__all__ = [
    "countries_context",
    "country_context",
    "event_context",
    "events_context",
    "home_context",
    "library_response",
    "shelf_context",
    "theme_context",
    "themes_context",
    "work_context",
]
