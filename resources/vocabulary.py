"""What queries may call themes and countries, in every language; and completions from these names."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from resources.models import Country
from resources.places import country_name, country_names
from resources.thesaurus import labels
from search.analysis import fold
from search.types import Suggestion

FRESH_SECONDS = 60
SUGGESTIONS = 6
_codes: tuple[float, frozenset[str]] | None = None


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
    """Themes and countries of which a name in any language begins with `text`, or has a word that does; begins come
    first.
    """
    wanted = fold(text).strip()
    if not wanted:
        return []
    found: list[tuple[int, str, Suggestion]] = []
    for concept, names in concept_labels().items():
        kind, _colon, value = concept.partition(":")
        ranks = [_rank(fold(name), wanted) for name in _all(names)]
        best = min((rank for rank in ranks if rank is not None), default=None)
        if best is None:
            continue
        if kind == "theme":
            shown = Suggestion("theme", labels.label(value, ui), ui, f"/{ui}/themes/{value}/")
        else:
            shown = Suggestion("country", country_name(value, ui), ui, f"/{ui}/countries/{value.lower()}/")
        found.append((best, shown.text, shown))
    return [suggestion for _best, _text, suggestion in sorted(found, key=lambda item: item[:2])[:SUGGESTIONS]]


def _all(names: dict[str, list[str]]) -> Iterable[str]:
    return (name for words in names.values() for name in words)


def _rank(name: str, wanted: str) -> int | None:
    """0 where the name begins with what is wanted, 1 where a later word does, 2 inside a run without spaces."""
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in name:
        return 1
    # Scripts without spaces have no later word to begin with.
    return 2 if not wanted.isascii() and wanted in name else None
