"""What the search page offers of a search: its feed, and the form for mail."""

from __future__ import annotations

from typing import Any

from django import template

from search.alerts import mails
from search.alerts.describing import parameters, path_of
from search.alerts.forms import LONGEST_TEXT, AlertForm, shown_now
from search.alerts.models import SavedSearch
from search.types import SearchResults

register = template.Library()


@register.simple_tag
def search_feed_url(results: SearchResults) -> str:
    """The path of the feed of a search; "" for one that is too long to be kept."""
    query = results.query
    return path_of("search_feed", query.text, query.filters) if len(query.text) <= LONGEST_TEXT else ""


@register.simple_tag
def saved_search_url(search: SavedSearch) -> str:
    """The path of the results of a saved search."""
    return path_of("search", search.text, search.filters)


@register.inclusion_tag("search/alerts/offer.html", takes_context=True)
def alert_offer(context: template.Context, results: SearchResults) -> dict[str, Any]:
    """The form for mail about new works of a search, where mail can be sent, and a link to its feed."""
    query = results.query
    return {
        "feed_url": search_feed_url(results),
        "found": bool(results.total),
        "by_mail": mails.is_configured(),
        "form": AlertForm(),
        "shown": shown_now(),
        "hidden": parameters(query.text, query.filters),
        "csrf_token": context.get("csrf_token"),
    }
