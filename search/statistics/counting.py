"""What views call: a search was answered, a work was opened. Nothing is asked of the database for a visitor."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from search.statistics.gathering import Key, gathering
from search.statistics.models import FilterCount, OpenedCount, SearchCount
from search.statistics.texts import countable
from search.statistics.visits import is_counted, search_before
from search.types import SearchResults


def searched(request: HttpRequest, results: SearchResults) -> None:
    """Count a search that is answered by a page: its text unless the visitor comes from results of the same text, and
    the filters set since then. Further pages are no further searches.
    """
    query = results.query
    if not settings.SEARCH_STATISTICS_DAYS or query.page > 1 or not results.available or not is_counted(request):
        return
    before = search_before(request)
    goes_on = before is not None and before.text == query.text
    today, found = timezone.localdate(), results.total
    text = countable(query.text)
    if text is not None and not goes_on:
        nothing = int(not found and not query.filters)
        gathering.add(Key(SearchCount, today, query.ui, text), asked=1, found=found, nothing=nothing)
    for name in query.filters:
        if not (goes_on and before is not None and name in before.filters):
            gathering.add(Key(FilterCount, today, query.ui, name), used=1, nothing=int(not found))


def opened(request: HttpRequest, works: Iterable[str]) -> None:
    """Count works that a visitor opens from a page of results; else `works` aren't even read."""
    if not settings.SEARCH_STATISTICS_DAYS:
        return
    before = search_before(request)
    if before is None or not is_counted(request):
        return
    today, language = timezone.localdate(), before.ui
    text, found = countable(before.text), list(works)
    if found and text is not None:
        gathering.add(Key(SearchCount, today, language, text), opened=1)
    for work in found:
        gathering.add(Key(OpenedCount, today, language, work), opened=1)
