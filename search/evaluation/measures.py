"""Measures of one ranking: what was found, best first, against what is right. All are from 0 to 1."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import log2
from random import Random

DEPTH = 10
"""Works on the first page: what stands below is seldom looked at."""


def reciprocal_rank(ranked: Sequence[str], right: Collection[str], depth: int = DEPTH) -> float:
    """1 / rank of the first right one among the first `depth`, else 0; its mean over queries is the MRR.

    Voorhees, "The TREC-8 Question Answering Track Report", 1999.
    """
    return next((1 / rank for rank, found in enumerate(ranked[:depth], 1) if found in right), 0.0)


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], depth: int = DEPTH) -> float:
    """The gains of the first `depth`, each divided by log2(rank + 1), as a share of the best that could be.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002, with the discount
    and the linear gains of trec_eval. 0 where nothing has a gain.
    """
    ideal = sorted((gain for gain in gains.values() if gain > 0), reverse=True)
    best = _discounted(ideal[:depth])
    return _discounted([max(gains.get(found, 0.0), 0.0) for found in ranked[:depth]]) / best if best else 0.0


def recall(ranked: Sequence[str], right: Collection[str], depth: int | None = DEPTH) -> float:
    """The share of what is right that stands among the first `depth`, or (None) anywhere.

    Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section 8.3. 1 where nothing is right.
    """
    return len(set(ranked[:depth]) & set(right)) / len(right) if right else 1.0


def r_precision(ranked: Sequence[str], right: Collection[str]) -> float:
    """The share of right ones among the first R, where R is how many there are.

    Manning, Raghavan and Schütze, 2008, section 8.4. 1 where nothing is right.
    """
    return recall(ranked, right, len(right))


def chance(differences: Sequence[float], rounds: int = 10_000) -> float:
    """How likely a mean as far from 0 is if two settings are equally good (p, two-sided), from paired differences.

    Fisher's randomisation test, as in Smucker, Allan and Carterette, "A comparison of statistical significance tests
    for information retrieval evaluation", CIKM 2007: each difference may as well have had the other sign. The same
    differences always give the same answer.
    """
    told = [difference for difference in differences if difference]
    if not told:
        return 1.0
    dice = Random(len(told))  # noqa: S311 - a simulation, no secret
    seen = abs(sum(told)) - 1e-12
    as_far = sum(abs(sum(each if dice.getrandbits(1) else -each for each in told)) >= seen for _round in range(rounds))
    return (as_far + 1) / (rounds + 1)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))
