"""The facts that only one kind of resource has."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from resources.models import PublicationPage, ResourcePage, StudyVisitReportPage, VideoPage
from resources.places import country_name, day, day_span

Fact = tuple[str, str, str]


def own_facts(page: ResourcePage) -> list[Fact]:
    """(label, value, language), without what is empty; no language: the interface's own words are said."""
    found: Iterator[tuple[str, str, bool]] = iter(())
    if isinstance(page, StudyVisitReportPage):
        found = _visit(page)
    elif isinstance(page, VideoPage):
        found = _video(page)
    elif isinstance(page, PublicationPage):
        found = (
            (name, getattr(page, name), name in {"series", "edition"}) for name in ("series", "edition", "isbn", "doi")
        )
    language = page.locale.language_code
    return [(_label(page, name), value, language if told else "") for name, value, told in found if value]


def _visit(page: StudyVisitReportPage) -> Iterator[tuple[str, str, bool]]:
    yield "host", country_name(page.host_id) if page.host_id else "", False
    yield "visitors", " · ".join(country_name(country.code) for country in page.visitors.all()), False
    if page.starts_on:
        yield "starts_on", day_span(page.starts_on, page.ends_on), False
    yield "sites", " · ".join(page.site_names), True


def _video(page: VideoPage) -> Iterator[tuple[str, str, bool]]:
    yield "speakers", page.speakers, True
    yield "recorded_on", day(page.recorded_on) if page.recorded_on else "", False
    yield "recorded_at", page.recorded_at, True


def _label(page: ResourcePage, name: str) -> str:
    # A span of days is no 'first day'.
    words = gettext("dates of the visit") if name == "starts_on" else str(page._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]
