"""The tree of themes, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from resources.models import Concept
from resources.reading.cards import cards
from resources.reading.found import counts, facet, find, page_number, search_address
from resources.reading.sections import sections

COUNTRIES = 12


@dataclass(slots=True)
class Branch:
    """A theme with those below it. `count` takes in the works of the themes below."""

    label: str
    url: str
    count: int
    narrower: list[Branch] = field(default_factory=list)


def themes_context(request: HttpRequest) -> dict[str, Any]:
    held = counts(find(request, page_size=1), "theme")
    section = sections().themes
    concepts = list(Concept.objects.prefetch_related("labels").order_by("position", "slug"))
    branches = {concept.pk: _branch(concept, held, section) for concept in concepts}
    for concept in concepts:
        if concept.broader_id:
            branches[concept.broader_id].narrower.append(branches[concept.pk])
    return {"branches": [branches[concept.pk] for concept in concepts if concept.broader_id is None]}


def theme_context(concept: Concept, request: HttpRequest) -> dict[str, Any]:
    """`concept` comes with its labels and definitions prefetched."""
    results = find(request, {"theme": (concept.slug,)}, page=page_number(request))
    held = counts(results, "theme")
    stand = sections()
    section = stand.themes
    definition, language = concept.definition(get_language() or "en")
    narrower = Concept.objects.filter(broader=concept).prefetch_related("labels")
    return {
        "label": concept.label(),
        "definition": definition,
        "definition_language": language,
        "broader": [_branch(above, held, section) for above in _above(concept)],
        "narrower": [_branch(below, held, section) for below in narrower],
        "related": [_branch(other, held, section) for other in concept.related.prefetch_related("labels")],
        "results": results,
        "works": cards(results.hits),
        "countries": [
            (value.label, f"{stand.countries}{value.value.lower()}/", value.count)
            for value in facet(results, "country")[:COUNTRIES]
            if value.count
        ],
        "search_url": search_address(theme=concept.slug),
    }


def _branch(concept: Concept, held: dict[str, int], section: str) -> Branch:
    return Branch(concept.label(), f"{section}{concept.slug}/", held.get(concept.slug, 0))


def _above(concept: Concept) -> list[Concept]:
    """The themes above, from the top."""
    above: list[Concept] = []
    found = concept.broader
    while found is not None and len(above) < 10:
        above.insert(0, found)
        found = found.broader
    return above
