"""A work in its languages: its versions, which of them suits a reader, and other works in the version that suits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from resources.models import ResourceFile, ResourcePage
from resources.places import country_name
from resources.reading.visible import visible_pages
from resources.source import type_label

SomePage = TypeVar("SomePage", bound=Page)


def rank(language: str, reader: str) -> int:
    """How well a language suits a reader: his own, else English, which most share, else any other. Lower is better."""
    return 0 if language == reader else 1 if language == "en" else 2


def best_version(versions: Sequence[SomePage], reader: str | None = None) -> SomePage:
    """The version that suits the reader best; `versions` (at least one) come with their locales."""
    who = reader or get_language() or "en"
    return min(versions, key=lambda page: rank(page.locale.language_code, who))


def versions_of(page: ResourcePage, request: HttpRequest) -> list[ResourcePage]:
    """The live versions of a work that the visitor may open, and `page` itself: a preview may not be live."""
    others = (
        ResourcePage.objects.live()
        .filter(translation_key=page.translation_key)
        .exclude(pk=page.pk)
        .select_related("locale")
    )
    return [page, *visible_pages(others, request)]


@dataclass(frozen=True, slots=True)
class WorkLink:
    """A work named from another page. `thumbnail_of` is the number of a document that pictures it, or None."""

    url: str
    title: str
    language: str
    kind: str
    kind_label: str
    countries: str
    year: int | None
    thumbnail_of: int | None


def works_by_key(keys: Iterable[UUID], request: HttpRequest) -> list[WorkLink]:
    """The works of these translation keys, in their order, each in the version that suits the reader.

    Works of which the visitor may see no version are left out.
    """
    order = list(dict.fromkeys(keys))
    if not order:
        return []
    pages = ResourcePage.objects.live().filter(translation_key__in=order).select_related("locale", "content_type")
    versions: dict[UUID, list[ResourcePage]] = {}
    for page in visible_pages(pages.prefetch_related("countries"), request):
        versions.setdefault(page.translation_key, []).append(page)
    pictures = _pictures([page.pk for found in versions.values() for page in found])
    return [_link(versions[key], pictures) for key in order if key in versions]


def _pictures(pages: list[int]) -> dict[int, int]:
    """The first document with a picture of each page."""
    rows = (
        ResourceFile.objects.filter(resource__in=pages)
        .exclude(document__thumbnail="")
        .order_by("-sort_order")
        .values_list("resource", "document")
    )
    return dict(rows)


def _link(versions: list[ResourcePage], pictures: dict[int, int]) -> WorkLink:
    reader = get_language() or "en"
    page = best_version(versions, reader)
    model = page.content_type.model_class()
    kind = getattr(model, "type_slug", "")
    return WorkLink(
        url=page.get_url() or "",
        title=page.title,
        language=page.locale.language_code,
        kind=kind,
        kind_label=type_label(kind, reader),
        countries=" · ".join(country_name(country.code) for country in page.countries.all()),
        year=page.year,
        thumbnail_of=next((pictures[other.pk] for other in [page, *versions] if other.pk in pictures), None),
    )
