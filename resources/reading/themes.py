"""The tree of themes, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from resources.models import Concept
from resources.reading.cards import cards
from resources.reading.found import counts, facet, find, page_number, search_address
from resources.reading.sections import sections
from resources.thesaurus import labels
from search.types import Sort

COUNTRIES = 12


@dataclass(slots=True)
class Branch:
    """A theme with those below it. `count` takes in the works of the themes below."""

    label: str
    url: str
    count: int
    narrower: list[Branch] = field(default_factory=list)


def themes_context(request: HttpRequest) -> dict[str, Any]:
    """The tree of the themes that works were filed under; of an empty library, the themes at the top."""
    held = counts(find(request, page_size=1), "theme")
    section, ui = sections().themes, get_language() or "en"
    tree = labels.tree()
    shown = [slug for slug, above in tree.items() if held.get(slug) or (not held and above is None)]
    branches = {slug: _branch(slug, ui, held, section) for slug in shown}
    for slug in shown:
        above = tree[slug]
        if above in branches:
            branches[above].narrower.append(branches[slug])
    return {"branches": [branches[slug] for slug in shown if tree[slug] not in branches]}


def theme_context(concept: Concept, request: HttpRequest) -> dict[str, Any]:
    """`concept` comes with its definitions prefetched. Where no work was filed under it, works that tell of it."""
    stand, ui = sections(), get_language() or "en"
    label = labels.label(concept.slug, ui)
    results = find(request, {"theme": (concept.slug,)}, page=page_number(request))
    search_url = search_address(theme=concept.slug)
    # Counts of themes leave out the theme chosen: they are those of the whole library.
    held = counts(results, "theme")
    filed = bool(results.total)
    if not filed:
        results = find(request, text=label, page=page_number(request), sort=Sort.RELEVANCE)
        if results.any_word or results.fuzzy:
            # These hold some of its name's words, or like ones: they don't tell of it.
            results = replace(results, total=0, hits=(), facets=())
        search_url = search_address(q=label)
    definition, language = concept.definition(ui)
    tree = labels.tree()
    related = concept.related.order_by("position", "slug").values_list("slug", flat=True)
    return {
        "label": label,
        "definition": definition,
        "definition_language": language,
        "broader": [_branch(slug, ui, held, stand.themes) for slug in reversed(labels.ancestors(concept.slug))],
        "narrower": [
            _branch(slug, ui, held, stand.themes)
            for slug, above in sorted(tree.items(), key=lambda item: -held.get(item[0], 0))
            if above == concept.slug
        ],
        "related": [_branch(slug, ui, held, stand.themes) for slug in related],
        "results": results,
        "filed": filed,
        "works": cards(results.hits),
        "countries": [
            (value.label, f"{stand.countries}{value.value.lower()}/", value.count)
            for value in facet(results, "country")[:COUNTRIES]
            if value.count
        ],
        "search_url": search_url,
    }


def _branch(slug: str, ui: str, held: dict[str, int], section: str) -> Branch:
    return Branch(labels.label(slug, ui), f"{section}{slug}/", held.get(slug, 0))
