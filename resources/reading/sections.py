"""Addresses of the sections' own pages, in the interface's language whatever language their text is in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language
from wagtail.models import Page

from resources.models import CountryIndexPage, EventIndexPage, ThemeIndexPage


@dataclass(frozen=True, slots=True)
class Sections:
    """Addresses of sections; empty for one that isn't there."""

    countries: str = ""
    themes: str = ""
    events: str = ""


_NAMES: dict[str, type[Page]] = {
    "countries": CountryIndexPage,
    "themes": ThemeIndexPage,
    "events": EventIndexPage,
}


def sections() -> Sections:
    """All sections, in one query."""
    reader = get_language() or "en"
    types = ContentType.objects.get_for_models(*_NAMES.values())
    names = {types[model].pk: name for name, model in _NAMES.items()}
    rows = (
        Page.objects.live()
        .filter(content_type__in=names, locale__language_code__in={reader, "en"})
        .values_list("content_type", "locale__language_code", "slug")
    )
    # The reader's own section comes last and stands; English's where there is none.
    slugs = {names[kind]: slug for kind, language, slug in sorted(rows, key=lambda row: row[1] == reader)}
    return Sections(**{name: f"/{reader}/{slug}/" for name, slug in slugs.items()})
