"""The works that nobody opened from results, as the index tells of them: no work is read from the database, and of the
index only those that are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from search.engines import answering
from search.engines.base import EngineHit, EngineQuery, EngineResults
from search.engines.clauses import Bool, Everything, Of
from search.types import Sort

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Unopened:
    """A work by its `title` in the language asked for, else in English, else in its first; `day` is its own date."""

    work: str
    title: str
    language: str
    url: str
    day: date


class UnopenedWorks:
    """The works that `readers` may find and that aren't among `opened`, the oldest first: a list to be sliced.

    Making, slicing and going through it raise `IndexUnavailable` when the index can't be asked.
    """

    def __init__(self, opened: Collection[str], readers: frozenset[str], ui: str) -> None:
        works = sorted(opened)
        never = tuple(Of(tuple(works[start : start + _AT_ONCE])) for start in range(0, len(works), _AT_ONCE))
        match = Bool(must=(Everything(),), never=never)
        self._query = EngineQuery(match=match, readers=readers, sort=Sort.NEWEST, ui=ui)
        self._total = self._ask(0, 0).total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, part: slice) -> list[Unopened]:
        start, stop, _step = part.indices(self._total)
        # Engines give the newest first.
        hits = self._ask(self._total - stop, stop - start).hits if start < stop else ()
        return [self._unopened(hit) for hit in reversed(hits)]

    def __iter__(self) -> Iterator[Unopened]:
        for start in range(0, self._total, _AT_ONCE):
            yield from self[start : start + _AT_ONCE]

    def _ask(self, offset: int, limit: int) -> EngineResults:
        query = replace(self._query, offset=offset, limit=limit)
        return answering.ask(lambda engine: engine.search(query))

    def _unopened(self, hit: EngineHit) -> Unopened:
        texts = {text["l"]: text for text in reversed(hit.stored["texts"])}
        text = texts.get(self._query.ui) or texts.get("en") or hit.stored["texts"][0]
        return Unopened(hit.work, text["t"], text["l"], text["u"], date.fromisoformat(hit.stored["date"]))
