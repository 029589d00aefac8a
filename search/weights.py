"""How much each part of a match counts. Measured on questions in Thai and English and on terms in the other
languages.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Field boosts, kinds of terms, and the least share of a query's words that a hit must hold."""

    title: float = 3.0
    summary: float = 1.5
    body: float = 1.0
    files: float = 1.0
    words: float = 1.0
    plain: float = 0.4
    pairs: float = 0.1
    grams: float = 0.3
    clusters: float = 3.0
    minimum_share: float = 0.35
    all_words_up_to: int = 3
    run: float = 1.0
    concept: float = 1.5
    concept_share: float = 0.5
    parts_tie: float = 0.2
    languages_tie: float = 0.1


WEIGHTS = Weights()
