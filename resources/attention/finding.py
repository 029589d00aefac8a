"""All findings of a scope as one list, of which only what is shown is read."""

from __future__ import annotations

from collections.abc import Iterator

from resources.attention.kinds import KINDS
from resources.attention.types import Finding, Scope

_AT_ONCE = 500


class Findings:
    """To be counted, sliced and gone through. `kind` is the key of one kind of problem, "" for all."""

    def __init__(self, scope: Scope, kind: str = "") -> None:
        self._scope = scope
        self._kinds = [each for each in KINDS if kind in ("", each.key)]
        self._counts = [each.found(scope).count() for each in self._kinds]

    def __len__(self) -> int:
        return sum(self._counts)

    def __getitem__(self, part: slice) -> list[Finding]:
        start, stop, _step = part.indices(len(self))
        found: list[Finding] = []
        for kind, count in zip(self._kinds, self._counts, strict=True):
            if start < count and stop > 0:
                found += kind.describe(list(kind.found(self._scope)[max(start, 0) : min(stop, count)]))
            start, stop = start - count, stop - count
        return found

    def __iter__(self) -> Iterator[Finding]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self[start : start + _AT_ONCE]


def counts(scope: Scope) -> dict[str, int]:
    """How many there are of each sort that there is."""
    found = {kind.key: kind.found(scope).count() for kind in KINDS}
    return {key: count for key, count in found.items() if count}
