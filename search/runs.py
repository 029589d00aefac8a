"""Runs of scripts without spaces, as pairs of neighbouring grapheme clusters.

A cluster alone stands in nearly every text, so a phrase of them is slow to look for; a pair is rare. The last cluster
of a run stands by itself, too, so that one cluster finds every run that it is in.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

GAP = "."
"""Stands in the analysis between clusters that no phrase may cross, and here as well."""
_JOINT = "_"


def index_pairs(clusters: str) -> str:
    """The terms to store for clusters joined by spaces: "a b . c" gives "a_b b_ . c_"."""
    found = [*clusters.split(), GAP]
    terms = list(map(_JOINT.join, pairwise(found)))
    gap = -1
    for _ in range(found.count(GAP)):
        before, gap = gap, found.index(GAP, gap + 1)
        if gap - before > 1:
            terms[gap - 1] = found[gap - 1] + _JOINT
        if gap < len(terms):
            terms[gap] = GAP
    return " ".join(terms)


def query_pairs(run: Sequence[str]) -> tuple[str, ...]:
    """The terms of a phrase that finds a run of two clusters or more; of one, the beginning of a term that does."""
    if len(run) == 1:
        return (f"{run[0]}{_JOINT}",)
    return tuple(f"{first}{_JOINT}{second}" for first, second in pairwise(run))
