"""Events: what is coming, what has been, and one of them with its materials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.query import PageQuerySet

from resources.access import guarded_paths
from resources.models import EventPage, PortalDocument
from resources.places import country_name, day_span, moment, timezone_name
from resources.reading.cards import Card
from resources.reading.files import FileView, file_view
from resources.reading.named import works_by_key
from resources.reading.sections import sections
from resources.reading.versions import best_version
from resources.reading.visible import visible_documents, visible_pages

if TYPE_CHECKING:
    from resources.models import EventIndexPage

PAST = 60


@dataclass(frozen=True, slots=True)
class EventView:
    """An event told in the reader's language where it can be; `language` is the language of its words."""

    url: str
    title: str
    summary: str
    language: str
    start: datetime
    days: str
    place: str
    is_past: bool
    is_demonstration: bool


def event_view(event: EventPage, section: str) -> EventView:
    """`section` is the address of the events in this interface's language: an event without a translation is shown
    below it all the same.
    """
    return EventView(
        url=f"{section}{event.slug}/",
        title=event.title,
        summary=event.summary,
        language=event.locale.language_code,
        start=event.local_start,
        days=day_span(event.local_start.date(), event.local_end.date()),
        place=event.place,
        is_past=event.is_past,
        is_demonstration=event.is_demonstration,
    )


def _each_once(events: list[EventPage]) -> list[EventPage]:
    """One version of each event, the reader's language before English before others, in the order they came."""
    chosen: dict[object, EventPage] = {}
    for event in events:
        other = chosen.get(event.translation_key)
        chosen[event.translation_key] = event if other is None else best_version([other, event])
    return list(chosen.values())


def _events() -> PageQuerySet:
    return EventPage.objects.live().select_related("locale")


def coming(most: int, section: str) -> list[EventView]:
    """The next events that everyone may see."""
    shut = guarded_paths()
    events = [event for event in _events().filter(ends_at__gte=timezone.now()) if not event.path.startswith(shut)]
    return [event_view(event, section) for event in _coming(events)[:most]]


def _coming(events: list[EventPage]) -> list[EventPage]:
    now = timezone.now()
    return _each_once(sorted((event for event in events if event.ends_at >= now), key=lambda event: event.starts_at))


def _past(events: list[EventPage]) -> list[EventPage]:
    now = timezone.now()
    return _each_once(
        sorted((event for event in events if event.ends_at < now), key=lambda event: event.starts_at, reverse=True)
    )


def events_context(page: EventIndexPage, request: HttpRequest) -> dict[str, Any]:
    """The events that the visitor may see: those to come, the nearest first, and the last ones that are over."""
    events = visible_pages(_events(), request)
    section = sections().events
    return {
        "coming": [event_view(event, section) for event in _coming(events)],
        "past": [event_view(event, section) for event in _past(events)[:PAST]],
    }


def event_context(event: EventPage, request: HttpRequest) -> dict[str, Any]:
    """One event, its materials, and its addresses in other languages."""
    versions = visible_pages(event.get_translations(inclusive=True).live().select_related("locale"), request)
    works, files = _materials(event, request)
    stand = sections()
    return {
        "event": event_view(event, stand.events),
        "content_language": event.locale.language_code,
        "translations": {version.locale.language_code: version.get_url() for version in versions},
        "begins": moment(event.starts_at, event.time_zone),
        "ends": moment(event.ends_at, event.time_zone),
        "countries": [
            (country_name(country.code), f"{stand.countries}{country.code.lower()}/")
            for country in event.countries.all()
        ],
        "zone": timezone_name(event.starts_at, event.time_zone),
        "themes": [
            (theme.label(), f"{stand.themes}{theme.slug}/") for theme in event.themes.prefetch_related("labels")
        ],
        "works": works,
        "files": files,
        "events_url": stand.events,
    }


def _materials(event: EventPage, request: HttpRequest) -> tuple[list[Card], list[FileView]]:
    materials = list(event.materials.select_related("resource", "document__collection"))
    keys = [item.resource.translation_key for item in materials if item.resource is not None]
    documents: list[PortalDocument] = [item.document for item in materials if item.document is not None]
    reader = get_language() or "en"
    return works_by_key(keys, request), [
        file_view(document, language=document.text_language, reader=reader)
        for document in visible_documents(documents, request)
    ]
