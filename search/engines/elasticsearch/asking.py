"""Questions to a generation, and what their answers mean."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from search.engines.base import EngineHit, EngineQuery, EngineResults, Indexed
from search.engines.clauses import Clause
from search.engines.elasticsearch import mapping as fields
from search.engines.elasticsearch.storage import Generation
from search.engines.elasticsearch.translate import Query, only, translate
from search.types import Sort

_MOST_VALUES = 20_000
"""Values counted in one go; the server's own limit is 65,536."""
_LONGEST_PATTERN = 1_000
_AT_ONCE = 2_000
"""Works of one round through all of them."""

_LIVE: Query = {"term": {fields.STATE: fields.LIVE}}


class Asking:
    """Asks `generation`; `session` keeps all questions of a process with one copy of the index, if there are several:
    copies show a write one after the other.
    """

    def __init__(self, client: Elasticsearch, generation: Generation, session: str) -> None:
        self._client = client
        self._generation = generation
        self._session = session

    def search(self, query: EngineQuery) -> EngineResults:
        chosen = {name: _chosen(name, values) for name, values in query.filters.items() if values}
        rounds = _rounds(query.facets, chosen)
        # Beyond the window, and where none are wanted, there are no hits, but still a total.
        window = 0 if query.offset >= fields.WINDOW else min(max(query.limit, 0), fields.WINDOW - query.offset)
        answer = self._works(
            query=_matching(query),
            post_filter={"bool": {"filter": list(chosen.values())}} if chosen else None,
            aggs={key: each.asked() for key, each in rounds.items()} or None,
            sort=_order(query) if window else None,
            from_=query.offset if window else 0,
            size=window,
            source=[fields.WORK, fields.STORED] if window else False,
            track_total_hits=True,
        )
        hits = tuple(_hit(hit["_source"][fields.WORK], hit) for hit in answer["hits"]["hits"])
        counts = _counts(answer.get("aggregations", {}), rounds, query.facets)
        return EngineResults(int(answer["hits"]["total"]["value"]), hits, counts)

    def scores(self, match: Clause, works: Sequence[str]) -> dict[str, float]:
        if not works:
            return {}
        by_id = {fields.document_id(work): work for work in works}
        query = {"bool": {"must": [translate(match)], "filter": [{"ids": {"values": list(by_id)}}, _LIVE]}}
        answer = self._works(query=query, size=len(by_id), source=False, track_total_hits=False)
        return {by_id[hit["_id"]]: float(hit["_score"] or 0.0) for hit in answer["hits"]["hits"]}

    def passages(
        self, match: Clause, works: Sequence[str], readers: frozenset[str], limit: int
    ) -> dict[str, tuple[EngineHit, ...]]:
        if limit < 1 or not works:
            return {}
        # Only the passages of the writing that the work itself is of: others are of one under way, or that failed.
        # Which that is and what matches are asked together, so that the answer costs one way there and back.
        matching = self._matching_passages(match, only(fields.WORK, works), readers, limit, 2 * len(works))
        writes, passages = self._all(
            (self._generation.works, self._writes(works)), (self._generation.passages, matching)
        )
        by_id = {fields.document_id(work): work for work in works}
        by_write = {hit["_source"][fields.WRITE]: by_id[hit["_id"]] for hit in writes["hits"]["hits"]}
        buckets = passages["aggregations"]["writes"]
        if buckets["sum_other_doc_count"] and by_write:
            # So many writings came to nothing that the right ones may be among those left out.
            matching = self._matching_passages(match, only(fields.WRITE, [*by_write]), readers, limit, len(by_write))
            buckets = self._all((self._generation.passages, matching))[0]["aggregations"]["writes"]
        found = {
            by_write[bucket["key"]]: tuple(_hit(by_write[bucket["key"]], hit) for hit in bucket["best"]["hits"]["hits"])
            for bucket in buckets["buckets"]
            if bucket["key"] in by_write
        }
        return {work: found[work] for work in works if work in found}

    def stamp(self) -> tuple[str, int]:
        """Of what is visible now: taken from the numbers that the server gives to writes."""
        answer = self._works(size=0, aggs={"last": {"max": {"field": "_seq_no"}}}, track_total_hits=False)
        last = answer["aggregations"]["last"]["value"]
        return self._generation.works, -1 if last is None else int(last)

    def count(self) -> int:
        """How many works it holds. Raises if a part of the index is lost."""
        answer = self._works(query={"bool": {"filter": [_LIVE]}}, size=0, track_total_hits=True)
        return int(answer["hits"]["total"]["value"])

    def documents(self) -> Iterator[Indexed]:
        """Every work, as they all were when the first was asked for."""
        keep_alive = "2m"
        point = self._client.open_point_in_time(index=self._generation.works, keep_alive=keep_alive)["id"]
        after: list[Any] | None = None
        try:
            while True:
                page = self._client.search(
                    pit={"id": point, "keep_alive": keep_alive},
                    query={"bool": {"filter": [_LIVE]}},
                    sort="_shard_doc",
                    search_after=after,
                    size=_AT_ONCE,
                    source={"includes": [fields.WORK]},
                    docvalue_fields=[{"field": fields.VERSION}, {"field": fields.DIGEST}],
                    track_total_hits=False,
                    allow_partial_search_results=False,
                )
                point = page["pit_id"]
                for hit in page["hits"]["hits"]:
                    told = hit["fields"]
                    digest = told.get(fields.DIGEST, [""])[0]
                    yield Indexed(hit["_source"][fields.WORK], int(told[fields.VERSION][0]), digest)
                    after = hit["sort"]
                if len(page["hits"]["hits"]) < _AT_ONCE:
                    return
        finally:
            self._client.options(ignore_status=404).close_point_in_time(id=point)

    def _works(self, **question: Any) -> Mapping[str, Any]:
        return self._client.search(index=self._generation.works, **self._how(), **question).body

    def _how(self) -> dict[str, Any]:
        # A part of an answer would pass for the whole.
        return {"preference": self._session, "allow_partial_search_results": False}

    def _all(self, *questions: tuple[str, Query]) -> list[Mapping[str, Any]]:
        """The answers to several questions, pairs of an index and what is asked of it."""
        lines = [
            line
            for index, question in questions
            for line in ({"index": index, **self._how()}, {**question, "track_total_hits": False})
        ]
        response = self._client.msearch(searches=lines)
        answers: list[Mapping[str, Any]] = response.body["responses"]
        for answer in answers:
            if "error" in answer:
                # As if it had been asked alone.
                raise ApiError(str(answer["error"]), replace(response.meta, status=int(answer["status"])), answer)
        return answers

    def _writes(self, works: Sequence[str]) -> Query:
        """Which writing each of `works` is of, as far as it is there."""
        ids = [fields.document_id(work) for work in works]
        query = {"bool": {"filter": [{"ids": {"values": ids}}, _LIVE]}}
        return {"query": query, "size": len(ids), "_source": [fields.WRITE]}

    def _matching_passages(self, match: Clause, of: Query, readers: frozenset[str], limit: int, most: int) -> Query:
        """The best passages by writing, of `most` of these."""
        best = {"top_hits": {"size": min(limit, fields.MOST_PASSAGES), "_source": [fields.STORED]}}
        filters = [of, only(fields.READERS, sorted(readers))]
        return {
            "query": {"bool": {"must": [translate(match)], "filter": filters}},
            "aggs": {"writes": {"terms": {"field": fields.WRITE, "size": most}, "aggs": {"best": best}}},
            "size": 0,
        }


def _matching(query: EngineQuery) -> Query:
    readers = only(fields.READERS, sorted(query.readers))
    if query.match is None:
        return {"bool": {"filter": [readers]}}
    match = translate(query.match)
    if query.sort is Sort.RELEVANCE:
        return {"bool": {"must": [match], "filter": [readers]}}
    return {"bool": {"filter": [match, readers]}}


def _order(query: EngineQuery) -> list[Any]:
    newest = {fields.NEWEST: "asc"}
    if query.sort is Sort.TITLE:
        return [{fields.title_field(query.ui): "asc"}, newest]
    if query.sort is Sort.NEWEST or query.match is None:
        return [newest]
    return ["_score", newest]


# --- Facets -------------------------------------------------------------------


def _chosen(name: str, values: Sequence[str]) -> Query:
    begin = fields.facet_name(name)
    return only(fields.FACETS, [f"{begin}{value}" for value in values])


@dataclass(frozen=True, slots=True)
class _Round:
    """Facets that are counted together, among the works that `others` find."""

    names: tuple[str, ...]
    others: tuple[Query, ...]

    def asked(self) -> Query:
        values: dict[str, Any] = {"field": fields.FACETS, "size": _MOST_VALUES}
        pattern = "|".join(f"{_literally(fields.facet_name(name))}.*" for name in self.names)
        if len(pattern) <= _LONGEST_PATTERN:
            values["include"] = pattern
        return {"filter": {"bool": {"filter": list(self.others)}}, "aggs": {"values": {"terms": values}}}


def _rounds(names: Sequence[str], chosen: Mapping[str, Query]) -> dict[str, _Round]:
    """One round for all facets in which nothing is chosen, and one for each of the others: counts of a facet leave out
    its own choice.
    """
    rounds = {
        f"own-{at}": _Round((name,), tuple(query for other, query in chosen.items() if other != name))
        for at, name in enumerate(names)
        if name in chosen
    }
    rest = tuple(name for name in names if name not in chosen)
    return {**rounds, "rest": _Round(rest, tuple(chosen.values()))} if rest else rounds


def _counts(answer: Mapping[str, Any], rounds: Mapping[str, _Round], names: Sequence[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {name: {} for name in names}
    for key, counted in rounds.items():
        by_beginning = {fields.facet_name(name): name for name in counted.names}
        for bucket in answer[key]["values"]["buckets"]:
            beginning, equals, value = bucket["key"].partition("=")
            name = by_beginning.get(beginning + equals)
            if name is not None:
                counts[name][value] = int(bucket["doc_count"])
    return counts


def _literally(text: str) -> str:
    """`text` as a regular expression of Lucene's."""
    return re.sub(r"([^A-Za-z0-9_])", r"\\\1", text)


# --- Hits ---------------------------------------------------------------------


def _hit(work: str, hit: Mapping[str, Any]) -> EngineHit:
    return EngineHit(work, float(hit["_score"] or 0.0), json.loads(hit["_source"][fields.STORED]))
