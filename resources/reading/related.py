"""Works beside a work: those its editors name, then others on its themes and of its countries."""

from __future__ import annotations

from django.http import HttpRequest

from resources.models import RelatedWork, ResourcePage
from resources.reading.cards import Card, card
from resources.reading.found import find
from resources.reading.named import works_by_key

MOST = 6


def named_works(versions: list[ResourcePage], request: HttpRequest) -> list[Card]:
    """What editors put beside any version of the work."""
    own = versions[0].translation_key
    named = RelatedWork.objects.filter(resource__in=[page.pk for page in versions]).order_by("sort_order")
    return works_by_key((key for key in named.values_list("other__translation_key", flat=True) if key != own), request)


def similar_works(
    page: ResourcePage, themes: list[str], countries: list[str], request: HttpRequest, leave: set[str]
) -> list[Card]:
    """Works on one of its themes; those that share a country first. `leave` are addresses of works shown already."""
    filters = {"theme": tuple(themes)} if themes else {"country": tuple(countries)}
    if not any(filters.values()):
        return []
    results = find(request, filters, page_size=MOST * 3)
    others = [hit for hit in results.hits if hit.work != page.work and hit.url not in leave]
    near = sorted(others, key=lambda hit: not set(hit.facets.get("country", ())) & set(countries))
    return [card(hit) for hit in near[:MOST]]
