"""What a visitor may see of a handful of pages and files, asked of the database once for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.http import HttpRequest
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from resources.access import with_aliases
from resources.models import PortalDocument

SomePage = TypeVar("SomePage", bound=Page)


def visible_pages(pages: Iterable[SomePage], request: HttpRequest) -> list[SomePage]:
    """Those of `pages` that the visitor may open; a restriction holds for all that stands below it, and for the aliases
    of a page.
    """
    restricted = {
        restriction.page_id: restriction.page.path
        for restriction in PageViewRestriction.objects.select_related("page")
        if not restriction.accept_request(request)
    }
    shut = with_aliases(restricted)
    return [page for page in pages if not page.path.startswith(shut)]


def visible_documents(documents: Iterable[PortalDocument], request: HttpRequest) -> list[PortalDocument]:
    """Those of `documents` (with their collections) that no collection keeps from the visitor."""
    shut = [
        restriction.collection.path
        for restriction in CollectionViewRestriction.objects.select_related("collection")
        if not restriction.accept_request(request)
    ]
    return [document for document in documents if not document.collection.path.startswith(tuple(shut))]
