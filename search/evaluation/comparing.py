"""Two runs over the same topics: what one gives more than the other, query by query, and whether that may be chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from search.evaluation.measures import DEPTH, chance
from search.evaluation.running import MEASURES, Outcome


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one measure over all topics: the mean difference, how many topics gain and lose, and the chance (p) that two
    equal settings would differ as much.
    """

    mean: float
    better: int
    worse: int
    chance: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """`overlap` is the share of the first ten works that both runs name, over the topics for which either found any.
    `changed` are pairs of outcomes, before and after, whose nDCG differs, the greatest loss first.
    """

    differences: dict[str, Difference]
    overlap: float
    changed: list[tuple[Outcome, Outcome]]


def compare(before: Sequence[Outcome], after: Sequence[Outcome]) -> Comparison:
    """Compare two runs of the same topics in the same order."""
    pairs = list(zip(before, after, strict=True))
    changed = [pair for pair in pairs if _gain(pair) != 0]
    return Comparison(
        {name: _difference(name, pairs) for name in MEASURES}, _overlap(pairs), sorted(changed, key=_gain)
    )


def _gain(pair: tuple[Outcome, Outcome], measure: str = "ndcg") -> float:
    return pair[1].measures[measure] - pair[0].measures[measure]


def _difference(name: str, pairs: Sequence[tuple[Outcome, Outcome]]) -> Difference:
    gains = [_gain(pair, name) for pair in pairs]
    return Difference(
        fmean(gains), sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains), round(chance(gains), 4)
    )


def _overlap(pairs: Sequence[tuple[Outcome, Outcome]]) -> float:
    shares = [
        len(first & second) / max(len(first), len(second))
        for before, after in pairs
        for first, second in [(set(before.ranked[:DEPTH]), set(after.ranked[:DEPTH]))]
        if first or second
    ]
    return fmean(shares) if shares else 1.0
