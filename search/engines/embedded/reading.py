"""Asking a snapshot of the index: a state of it that no write changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import tantivy

from search.engines.base import EngineHit, EngineQuery, EngineResults, Indexed
from search.engines.clauses import Clause
from search.engines.embedded import schema as fields
from search.engines.embedded.damage import broken_if_unreadable
from search.engines.embedded.translate import Terms, Translator, both, only
from search.types import Sort

_PASSAGES_OF_A_WORK = 40
"""Passages for which there is room, on the average, when those of several works are looked for at once."""
_MOST_VALUES = 2000
"""No facet has more values than this."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Both indexes as they were at one moment, and their schemas."""

    works: tantivy.Searcher
    passages: tantivy.Searcher
    works_schema: tantivy.Schema
    passages_schema: tantivy.Schema
    works_terms: Terms = field(default_factory=dict)
    passages_terms: Terms = field(default_factory=dict)

    def search(self, query: EngineQuery) -> EngineResults:
        scored = counted = only(self.works_schema, fields.READERS, sorted(query.readers))
        if query.match is not None:
            scored = both(self._works(query.match), scored)
            counted = both(self._works(query.match, scored=False), counted) if query.facets else scored
        chosen = {name: self._chosen(name, values) for name, values in query.filters.items() if values}
        total, hits = self._page(both(scored, *chosen.values()), query)
        return EngineResults(total, hits, self._counts(counted, chosen, query.facets))

    def scores(self, match: Clause, works: Sequence[str]) -> dict[str, float]:
        if not works:
            return {}
        query = both(self._works(match), only(self.works_schema, fields.WORK, works))
        found = self.works.search(query, len(works), count=False).hits
        return {self.works.doc(address)[fields.WORK][0]: score for score, address in found}

    def passages_of(
        self, match: Clause, works: Sequence[str], readers: frozenset[str], limit: int
    ) -> dict[str, tuple[EngineHit, ...]]:
        if limit < 1 or not works:
            return {}
        schema = self.passages_schema
        query = both(
            Translator(self.passages, schema, self.passages_terms).query(match),
            only(schema, fields.READERS, sorted(readers)),
        )
        numbers = {fields.work_number(work): work for work in works}
        # One question for all works: each by itself would go through the same passages again.
        room = max(limit, _PASSAGES_OF_A_WORK) * len(works)
        found = self._places(both(query, only(schema, fields.WORK, works)), room)
        by_work: dict[str, list[tuple[float, tantivy.DocAddress]]] = {}
        for number, place in found:
            if number in numbers:
                by_work.setdefault(numbers[number], []).append(place)
        if len(found) == room:
            # Long works may have left no room for the others.
            for work in works:
                if len(by_work.get(work, ())) < limit:
                    own = self._places(both(query, only(schema, fields.WORK, [work])), limit)
                    by_work[work] = [place for _number, place in own]
        return {
            work: tuple(EngineHit(work, score, _Stored(self.passages, at)) for score, at in places[:limit])
            for work, places in by_work.items()
            if places
        }

    def _places(self, query: tantivy.Query, limit: int) -> list[tuple[int, tuple[float, tantivy.DocAddress]]]:
        """(number of the work, (score, address)) of the best passages, best first."""
        hits = self.passages.search(query, limit, count=False).hits
        numbers = self.passages.fast_field_values(fields.NUMBER, [address for _score, address in hits]) if hits else []
        return [(int(number or 0), hit) for number, hit in zip(numbers, hits, strict=True)]

    def documents(self) -> Iterator[Indexed]:
        live = tantivy.Query.term_query(self.works_schema, fields.STATE, fields.LIVE, "basic")
        for _score, address in self.works.search(live, max(self.works.num_docs, 1), count=False).hits:
            document = self.works.doc(address)
            yield Indexed(document[fields.WORK][0], document[fields.VERSION][0], document[fields.DIGEST][0])

    def count(self) -> int:
        """How many works it holds."""
        live = tantivy.Query.term_query(self.works_schema, fields.STATE, fields.LIVE, "basic")
        return int(self.works.search(live, 1).count or 0)

    def _works(self, clause: Clause, *, scored: bool = True) -> tantivy.Query:
        return Translator(self.works, self.works_schema, self.works_terms, scored=scored).query(clause)

    def _chosen(self, name: str, values: Sequence[str]) -> tantivy.Query:
        return only(self.works_schema, f"{fields.FACETS}.{name}", values)

    def _page(self, query: tantivy.Query, asked: EngineQuery) -> tuple[int, tuple[EngineHit, ...]]:
        # Tantivy makes room for offset + limit hits, however few there are.
        beyond = asked.limit < 1 or asked.offset >= self.works.num_docs
        limit, offset = (1, 0) if beyond else (asked.limit, asked.offset)
        if asked.sort is Sort.TITLE:
            found = self.works.search(query, limit, True, fields.title_field(asked.ui), offset, tantivy.Order.Asc)
        elif asked.sort is Sort.NEWEST or asked.match is None:
            found = self.works.search(query, limit, True, fields.NEWEST, offset, tantivy.Order.Asc)
        else:
            found = self.works.search(query, limit, True, offset=offset)
        total = int(found.count or 0)
        return total, () if beyond else tuple(self._hit(order, address) for order, address in found.hits)

    def _hit(self, order: Any, address: tantivy.DocAddress) -> EngineHit:
        document = self.works.doc(address)
        score = order if isinstance(order, float) else 0.0
        return EngineHit(document[fields.WORK][0], score, _stored(document))

    def _counts(
        self, base: tantivy.Query, chosen: Mapping[str, tantivy.Query], names: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        # One round for all facets in which nothing is chosen, and one for each of the others.
        rounds: list[tuple[tuple[str, ...], list[tantivy.Query]]] = [
            ((name,), [query for other, query in chosen.items() if other != name]) for name in names if name in chosen
        ]
        rounds.append((tuple(name for name in names if name not in chosen), list(chosen.values())))
        for counted, filters in rounds:
            if counted:
                asked = {name: _count_values(name) for name in counted}
                answer = self.works.aggregate(both(base, *filters), asked)
                for name in counted:
                    counts[name] = {str(each["key"]): each["doc_count"] for each in answer[name]["buckets"]}
        return counts


def _count_values(facet: str) -> dict[str, Any]:
    return {"terms": {"field": f"{fields.FACETS}.{facet}", "size": _MOST_VALUES}}


class _Stored(Mapping[str, Any]):
    """What is kept of a passage, read when it is asked for: of a dozen that could be shown most are never looked at."""

    def __init__(self, searcher: tantivy.Searcher, address: tantivy.DocAddress) -> None:
        self._searcher = searcher
        self._address = address
        self._read: Mapping[str, Any] | None = None

    def _now(self) -> Mapping[str, Any]:
        if self._read is None:
            with broken_if_unreadable():
                self._read = _stored(self._searcher.doc(self._address))
        return self._read

    def __getitem__(self, name: str) -> Any:
        return self._now()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())


def _stored(document: tantivy.Document) -> Mapping[str, Any]:
    stored: dict[str, Any] = json.loads(bytes(document[fields.STORED][0]))
    return stored
