"""How many edits lie between two words or two runs: letters left out, put in, taken for another, or swapped with their
neighbour (optimal string alignment).
"""

from __future__ import annotations

from collections.abc import Sequence

_SAME_LETTER = 0.5
"""What it costs to take a cluster for another of the same letter, with other marks."""


def distance(one: str, other: str, most: int) -> int:
    """The edits between two words; `most + 1` if there are more than `most`."""
    # Most words are told apart by this much faster than by what follows.
    if abs(len(one) - len(other)) > most or len(set(one) - set(other)) > most:
        return most + 1
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, facing in enumerate(other, 1):
            cost = min(
                previous[column - 1] + (letter != facing),
                previous[column] + 1,
                current[column - 1] + 1,
            )
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, previous = previous, current
    return min(previous[-1], most + 1)


def nearest_part(run: Sequence[str], text: Sequence[str], most: float) -> tuple[float, tuple[str, ...]] | None:
    """The part of `text`, both in grapheme clusters, that `run` is nearest to, with the edits between them: None if
    there are more than `most` everywhere. (P. H. Sellers, The theory and computation of evolutionary distances, 1980.)
    """
    length = len(run)
    best: tuple[float, int, int, int] | None = None
    before: list[tuple[float, int]] = []
    # For each beginning of the run: the edits to a part that ends here, and where that part begins.
    previous = [(float(row), 0) for row in range(length + 1)]
    for column, facing in enumerate(text, 1):
        current = [(0.0, column)]
        for row, cluster in enumerate(run, 1):
            choices = [
                (previous[row - 1][0] + _cost(cluster, facing), previous[row - 1][1]),
                (previous[row][0] + 1, previous[row][1]),
                (current[row - 1][0] + 1, current[row - 1][1]),
            ]
            if row > 1 and column > 1 and cluster == text[column - 2] and run[row - 2] == facing:
                choices.append((before[row - 2][0] + 1, before[row - 2][1]))
            current.append(min(choices))
        cost, start = current[length]
        if cost <= most:
            found = (cost, abs(column - start - length), start, column)
            best = found if best is None else min(best, found)
        before, previous = previous, current
    return None if best is None else (best[0], tuple(text[best[2] : best[3]]))


def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _SAME_LETTER if one[0] == other[0] else 1.0
