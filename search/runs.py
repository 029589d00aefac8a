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
    found = clusters.split()
    followers = [*found[1:], GAP] if found else []
    return " ".join(
        GAP if cluster == GAP else f"{cluster}{_JOINT}{'' if follower == GAP else follower}"
        for cluster, follower in zip(found, followers, strict=True)
    )


def query_pairs(run: Sequence[str]) -> tuple[str, ...]:
    """The terms of a phrase that finds a run of two clusters or more; of one, the beginning of a term that does."""
    if len(run) == 1:
        return (f"{run[0]}{_JOINT}",)
    return tuple(f"{first}{_JOINT}{second}" for first, second in pairwise(run))
