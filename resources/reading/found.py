"""What search tells pages that aren't the search page: counts, the newest works, the works of a country or a theme."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from resources.access import readers_of_user
from search import service
from search.types import FacetValue, SearchQuery, SearchResults, Sort


def find(
    request: HttpRequest,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    *,
    text: str = "",
    page: int = 1,
    page_size: int = 12,
    sort: Sort = Sort.NEWEST,
) -> SearchResults:
    """What a visitor may find under `filters`, newest first; nothing while the index can't answer."""
    query = SearchQuery(
        text=text,
        ui=get_language() or "en",
        filters=filters or {},
        sort=sort,
        page=page,
        page_size=page_size,
        readers=readers_of_user(request.user),
    )
    return service.search(query)


def facet(results: SearchResults, name: str) -> tuple[FacetValue, ...]:
    """The values of a facet, none if results don't have it."""
    return next((facet.values for facet in results.facets if facet.name == name), ())


def counts(results: SearchResults, name: str) -> dict[str, int]:
    return {value.value: value.count for value in facet(results, name)}


def search_address(**filters: str) -> str:
    """The search page with filters chosen."""
    return f"{reverse('search')}?{urlencode(filters)}"


def page_number(request: HttpRequest, *, at_most: int = 10_000) -> int:
    """The page a visitor asks for; 1 for what is no number."""
    asked = request.GET.get("page", "")
    return min(max(1, int(asked)), at_most) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
