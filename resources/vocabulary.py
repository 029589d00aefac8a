"""What queries may call themes and countries, in every language; and completions from these names."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from resources.label_prefixes import LabelPrefixes
from resources.models import Country
from resources.places import country_names
from resources.thesaurus import labels
from search import service
from search.types import SearchQuery, Suggestion

FRESH_SECONDS = 60
SUGGESTIONS = 6
_codes: tuple[float, frozenset[str]] | None = None
_filed: tuple[float, Mapping[str, int]] | None = None
_completing: tuple[tuple[dict[str, dict[str, list[str]]], frozenset[str]], LabelPrefixes] | None = None


def country_codes() -> frozenset[str]:
    """The countries of the library; another process's change shows within a minute."""
    global _codes
    now = time.monotonic()
    if _codes is None or now - _codes[0] > FRESH_SECONDS:
        _codes = (now, frozenset(Country.objects.values_list("code", flat=True)))
    return _codes[1]


@receiver([post_save, post_delete], sender=Country)
def _forget(**_kwargs: object) -> None:
    global _codes
    _codes = None


def concept_labels() -> dict[str, dict[str, list[str]]]:
    """Concept → language → labels, the preferred one first. Themes are `theme:<slug>`, countries `country:<code>`."""
    themes = {f"theme:{slug}": names for slug, names in labels.all_labels().items()}
    countries = {f"country:{code}": country_names(code) for code in country_codes()}
    return {**themes, **countries}


def suggestions(text: str, ui: str) -> Iterable[Suggestion]:
    """Themes and countries of which a label in any language, or a word in it, goes on as `text`: in the language that
    was typed, with the reader's own first, and what most works are filed under before what few or none are.
    """
    for found in _prefixes().completions(text, ui, SUGGESTIONS, _works_filed()):
        kind, _colon, value = found.concept.partition(":")
        address = f"/{ui}/themes/{value}/" if kind == "theme" else f"/{ui}/countries/{value.lower()}/"
        # Other labels are written as in a sentence.
        yield Suggestion(kind, found.label[:1].upper() + found.label[1:], found.language, address)


def _works_filed() -> Mapping[str, int]:
    """How many works that everyone may see stand under each theme and country, as of a minute ago at most."""
    global _filed
    now = time.monotonic()
    if _filed is None or now - _filed[0] > FRESH_SECONDS:
        facets = service.search(SearchQuery("", page_size=1)).facets
        counts = {f"{facet.name}:{each.value}": each.count for facet in facets for each in facet.values}
        _filed = (now, counts)
    return _filed[1]


def _prefixes() -> LabelPrefixes:
    """Made again only when a label or a country has changed."""
    global _completing
    made_from = (labels.all_labels(), country_codes())
    known = _completing
    if known is not None and known[0][0] is made_from[0] and known[0][1] is made_from[1]:
        return known[1]
    # Both are read again every minute, and are nearly always as they were.
    prefixes = known[1] if known is not None and known[0] == made_from else LabelPrefixes(concept_labels())
    _completing = (made_from, prefixes)
    return prefixes
