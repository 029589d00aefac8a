"""The new works of a search: for feeds, and for mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial

from search.alerts.models import KnownWork
from search.concepts import concept_table
from search.engines import answering
from search.engines.base import EngineQuery, SearchEngine
from search.engines.clauses import Bool, Clause, Constant, Of
from search.hits import HitBuilder
from search.ranking import understand, works_clause
from search.types import Hit, SearchQuery, Sort

_BATCH = 5000
"""Works that an engine is asked about at once."""
_RECENT = 500
"""The works newest to the public, among which a feed looks for those whose own date is old."""

_STEP = 50


@dataclass(frozen=True, slots=True)
class Found:
    """How many works were found, and the first of them."""

    total: int
    hits: tuple[Hit, ...]


def among(query: SearchQuery, works: Sequence[str], limit: int) -> Found:
    """Those of `works` that answer `query`, of which the first `limit` are told, newest first.

    Only works that hold all that is asked: what a page shows for want of those is nothing to send a mail for. A filter
    that the portal doesn't know any more finds nothing. Raises `IndexUnavailable`.
    """
    total = 0
    hits: tuple[Hit, ...] = ()
    for start in range(0, len(works), _BATCH):
        these, room = Of(tuple(works[start : start + _BATCH])), limit - len(hits)
        found = answering.ask(partial(_exact, query, these, room))
        total, hits = total + found.total, hits + found.hits
    return Found(total, hits)


def _exact(query: SearchQuery, works: Of | None, limit: int, engine: SearchEngine) -> Found:
    """Works that hold all that is asked; of all if `works` is None."""
    table = concept_table()
    asked = understand(query.text, table)
    match: Clause | None = works
    if not asked.is_empty:
        all_of_it = works_clause(asked)
        match = Bool(must=(all_of_it, Constant(works, 0.0))) if works else all_of_it
    found = engine.search(
        EngineQuery(
            match=match,
            readers=query.readers,
            filters=query.filters,
            sort=Sort.NEWEST,
            ui=query.ui,
            limit=limit,
        )
    )
    return Found(found.total, HitBuilder(engine, asked, query, table).hits(found.hits))


@dataclass(frozen=True, slots=True)
class Entry:
    """A work in a feed; `since` is when it was new to the public, `changed` when it was changed last."""

    hit: Hit
    since: datetime
    changed: datetime


def newest(query: SearchQuery, limit: int) -> tuple[Entry, ...]:
    """The `limit` works of a search that are newest to the public, newest first: those that a mail would tell of.

    Raises `IndexUnavailable`.
    """
    found = answering.ask(partial(_exact, query, None, limit))
    hits = {hit.work: hit for hit in found.hits}
    if found.total > limit:
        hits = {hit.work: hit for hit in _recent(query, limit)} | hits
    known = KnownWork.objects.in_bulk(list(hits), field_name="work")
    entries = [_entry(hit, known.get(hit.work)) for hit in hits.values()]
    return tuple(sorted(entries, key=lambda entry: (entry.since, entry.hit.date, entry.hit.work), reverse=True)[:limit])


def _recent(query: SearchQuery, limit: int) -> list[Hit]:
    """Works of a search that are newest to the public, `limit` or a few more, whatever their own dates."""
    recent = KnownWork.objects.filter(public_since__isnull=False).order_by("-public_since", "-pk")
    works = list(recent.values_list("work", flat=True)[:_RECENT])
    hits: list[Hit] = []
    for start in range(0, len(works), _STEP):
        hits += among(query, works[start : start + _STEP], _STEP).hits
        if len(hits) >= limit:
            break
    return hits


def _entry(hit: Hit, known: KnownWork | None) -> Entry:
    own = datetime.combine(hit.date, time.min, UTC)
    since = (known.public_since if known else None) or own
    return Entry(hit, since, max(since, known.changed) if known else since)
