"""What search does for its callers: find works, look inside one, complete what is typed, say whether all is well."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace

from django.db import DatabaseError
from django.utils.translation import get_language

from search import facets, registry, result_cache, suggesting
from search.analysis import query_terms
from search.concepts import ConceptTable, concept_table
from search.engines import answering, engines, get_engine
from search.engines.base import IndexState, SearchEngine
from search.errors import IndexUnavailable
from search.fields import FILE
from search.finding import find
from search.hits import HitBuilder, marked_passage
from search.indexing import outbox, worker
from search.ranking import marked_terms, of_kinds, passages_clause, understand
from search.types import PUBLIC, MarkedPassage, SearchQuery, SearchResults, Suggestion

logger = logging.getLogger(__name__)

INSIDE = 50
"""Passages of one work that `search_inside` gives."""


def search(query: SearchQuery) -> SearchResults:
    """Find works. No query raises: one that the index cannot answer now gives results that are not `available`."""
    started = time.perf_counter()
    filters, ignored = facets.known_filters(query.filters)
    known = replace(query, filters=filters, page=max(query.page, 1), page_size=max(query.page_size, 1))
    try:
        results = answering.ask(lambda engine: _cached(engine, known))
    except IndexUnavailable as error:
        logger.error("A search could not be answered. %s", error)
        none = facets.labelled({}, filters, query.ui)
        results = SearchResults(known, 0, (), none, get_engine().name, 0.0, available=False)
    return replace(results, ignored=ignored, took_ms=round((time.perf_counter() - started) * 1000, 1))


def search_inside(work: str, text: str, readers: frozenset[str]) -> tuple[MarkedPassage, ...]:
    """The passages of a work's files with any of the words of `text`, the best first, 50 at most."""
    asked = understand(text, concept_table())
    if asked.is_empty:
        return ()
    wanted = of_kinds(passages_clause(asked), {FILE: [work]})

    def inside(engine: SearchEngine) -> tuple[MarkedPassage, ...]:
        hits = engine.passages(wanted, [work], readers, INSIDE).get(work, ())
        return tuple(marked_passage(hit.stored, marked_terms(asked, hit.stored["l"])) for hit in hits)

    try:
        return answering.ask(inside)
    except IndexUnavailable as error:
        logger.error("A work could not be searched. %s", error)
        return ()


def suggest(text: str, ui: str, readers: frozenset[str]) -> tuple[Suggestion, ...]:
    """Completions of what a visitor is typing, ten at most; none when the index cannot be asked."""
    try:
        return answering.ask(lambda engine: tuple(suggesting.suggestions(engine, text, ui, readers)))
    except IndexUnavailable as error:
        logger.error("Suggestions could not be given. %s", error)
        return ()


def warm_up() -> None:
    """Load what the first query of a process would wait for: dictionaries, the model of languages, the index."""
    query_terms("Which countries pay benefits to people without work?")
    query_terms("การคุ้มครองทางสังคม ការគាំពារសង្គម လူမှုဖူလုံရေး")
    for engine in engines():
        engine.health()
    try:
        concept_table()
        for source in registry.sources():
            list(source.suggestions("a", "en", frozenset({PUBLIC})))
    except DatabaseError as error:
        # Not migrated yet, or away for a moment: the first query will say so if it still is.
        logger.warning("The names of concepts could not be read: %s", error)


@dataclass(frozen=True, slots=True)
class Health:
    """`index_reason` says in plain words what is wrong with the index; `waiting` works are to be indexed, of which
    `failed` were tried in vain.
    """

    index_ok: bool
    index_reason: str
    works: int
    waiting: int
    failed: int


def health() -> Health:
    """How the index and the queue stand: one index that can answer is enough. One that is missing is well as long as
    nothing was ever put into it.
    """
    queue = outbox.health()
    stand = [engine.health() for engine in engines()]
    able = next((each for each in stand if each.state is IndexState.READY), None)
    fresh = all(each.state is IndexState.MISSING for each in stand) and not worker.had_works(get_engine())
    return Health(
        index_ok=able is not None or fresh,
        index_reason="" if fresh else " ".join(each.message for each in stand if each.message),
        works=able.works if able else 0,
        waiting=queue.waiting,
        failed=queue.failed,
    )


def _cached(engine: SearchEngine, query: SearchQuery) -> SearchResults:
    """The answer given a moment ago if all that it was made from is the same, else a new one."""
    table = concept_table()
    made_from = (table.edition, registry.edition(), get_language())
    return result_cache.get_or_find(engine, query, made_from, lambda: _search(engine, query, table))


def _search(engine: SearchEngine, query: SearchQuery, table: ConceptTable) -> SearchResults:
    found = find(engine, query, table)
    return SearchResults(
        query=query,
        total=found.results.total,
        hits=HitBuilder(engine, found.asked, query, table).hits(found.results.hits),
        facets=facets.labelled(found.results.counts, query.filters, query.ui),
        engine=engine.name,
        took_ms=0.0,
        suggestions=found.suggestions,
        any_word=found.any_word,
        fuzzy=found.fuzzy,
    )
