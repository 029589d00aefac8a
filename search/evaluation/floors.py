"""The least that measures may be: "mrr=0.9" over all topics, "km.mrr=0.85" over those asked in Khmer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search.evaluation.pairs import read_pairs
from search.evaluation.running import MEASURES, Outcome, groups, means


def read_floors(text: str) -> dict[str, float]:
    """Floors by measure, or language and measure. Raises `ValueError` for a measure that doesn't exist."""
    floors = {name.lower(): floor for name, floor in read_pairs(text).items()}
    for name in floors:
        if name.rpartition(".")[2] not in MEASURES:
            raise ValueError(f"There is no measure “{name}”; there are {', '.join(MEASURES)}.")
    return floors


def above_floors(outcomes: Iterable[Outcome], floors: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """By floor, what was measured and how much it lies above; a language in which nothing was asked measures 0."""
    outcomes = list(outcomes)
    by_language = {language: means(told) for language, told in groups(outcomes)["language"].items()}
    overall = means(outcomes)
    found: dict[str, tuple[float, float]] = {}
    for name, floor in floors.items():
        language, _, measure = name.rpartition(".")
        value = (by_language.get(language, {}) if language else overall).get(measure, 0.0)
        found[name] = value, value - floor
    return found
