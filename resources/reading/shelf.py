"""A shelf: the works and shelves that an editor put on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from resources.models import ResourcePage, ShelfPage
from resources.reading.found import page_number
from resources.reading.named import works_by_key
from resources.reading.visible import visible_pages

WORKS_A_PAGE = 24


def shelf_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The shelves below, then the works that the visitor may see, in the editor's order."""
    works = ResourcePage.objects.live().child_of(page).order_by("path")
    number = page_number(request)
    keys = works.values_list("translation_key", flat=True)[(number - 1) * WORKS_A_PAGE : number * WORKS_A_PAGE]
    pages = max(1, -(-works.count() // WORKS_A_PAGE))
    return {
        "shelves": visible_pages(ShelfPage.objects.live().child_of(page).select_related("locale"), request),
        "works": works_by_key(keys, request),
        "earlier": number - 1 if 1 < number <= pages else None,
        "later": number + 1 if number < pages else None,
    }
