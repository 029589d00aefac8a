"""A work in its languages: its versions, and which of them suits a reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from resources.models import ResourcePage
from resources.reader_language import language_distance
from resources.reading.visible import visible_pages

SomePage = TypeVar("SomePage", bound=Page)


def best_version(versions: Sequence[SomePage], reader: str | None = None) -> SomePage:
    """The version that suits the reader best; `versions` (at least one) come with their locales."""
    who = reader or get_language() or "en"
    return min(versions, key=lambda page: language_distance(page.locale.language_code, who))


def versions_of(page: ResourcePage, request: HttpRequest) -> list[ResourcePage]:
    """The live versions of a work that the visitor may open, and `page` itself: a preview may not be live."""
    others = (
        ResourcePage.objects.live()
        .filter(translation_key=page.translation_key)
        .exclude(pk=page.pk)
        .select_related("locale")
    )
    return [page, *visible_pages(others, request)]
