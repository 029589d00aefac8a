"""All works, read from their sources and prepared, by several processes where there are many.

Reading a work from the database and analysing its texts takes far longer than putting it into an index. Children do
both, each over a connection of its own; whoever rebuilds only writes. They are started afresh, not forked: a fork would
share open connections and the locks of threads that it does not have.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.translation import activate, get_language

from search import registry
from search.concepts import ConceptTable, concept_table
from search.engines.base import EngineDocument
from search.indexing.prepare import prepare
from search.registry import SearchSource
from search.types import SearchDocument

logger = logging.getLogger(__name__)

ALONE_SECONDS = 1.0
"""How long works are read before children are started, which take longer to start than a small library to read."""
_BATCH = 25
"""Works that a child reads at once: few, since a work may hold a book."""
_POLITENESS = 5
"""Visitors go before a rebuild."""

Versions = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Works as an engine keeps them, and those that could not be read or prepared, each with what was wrong."""

    documents: tuple[EngineDocument, ...] = ()
    broken: Mapping[str, str] = field(default_factory=dict)


def gathered(versions: Versions) -> Iterator[Gathered]:
    """Every work, with its version of `versions`, 0 for one that isn't there. Raises what a source raises that cannot
    say which works it has; what is wrong with one work is told and stops nothing.
    """
    table = concept_table()
    processes = settings.SEARCH_INDEX_PROCESSES or os.cpu_count() or 1
    start = _start(table) if processes > 1 and _children_can_read() else None
    alone_until = time.monotonic() + ALONE_SECONDS
    batches = _batches(versions)
    for batch in batches:
        if start is not None and time.monotonic() > alone_until:
            yield from _by_children(chain([batch], batches), start, table, processes)
        else:
            yield read(batch, table)


def _batches(versions: Versions) -> Iterator[dict[str, int]]:
    """All works, a few at a time, with their versions."""
    left = iter(dict.fromkeys(registry.keys()))
    while batch := list(islice(left, _BATCH)):
        yield {work: versions.get(work, 0) for work in batch}


def _prepared(documents: Iterable[SearchDocument], versions: Versions, table: ConceptTable) -> Gathered:
    made: list[EngineDocument] = []
    broken: dict[str, str] = {}
    for document in documents:
        try:
            made.append(prepare(replace(document, version=versions.get(document.work, 0)), table))
        except Exception as error:
            logger.exception("The work %s cannot be indexed.", document.work)
            broken[document.work] = reason(error)
    return Gathered(tuple(made), broken)


def reason(error: Exception) -> str:
    """What is wrong with a work, as its entry in the outbox keeps it."""
    return f"{type(error).__name__}: {error}"[:2000]


def read(versions: Versions, table: ConceptTable) -> Gathered:
    """The works of a batch, with these versions; if they cannot be read together, one by one.

    Raises `DatabaseError`, of which no work is to blame.
    """
    try:
        documents = [document for document in registry.documents(versions) if document.work in versions]
    except DatabaseError:
        raise
    except Exception as error:
        if len(versions) == 1:
            logger.exception("The work %s cannot be indexed.", *versions)
            return Gathered(broken=dict.fromkeys(versions, reason(error)))
        logger.warning("A work in a batch of %d cannot be read; taking them one by one.", len(versions), exc_info=True)
        parts = [read({work: version}, table) for work, version in versions.items()]
        return Gathered(
            tuple(document for part in parts for document in part.documents),
            {work: wrong for part in parts for work, wrong in part.broken.items()},
        )
    return _prepared(documents, versions, table)


# --- Children ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Start:
    """What a child needs to know. `sources` are pickled by themselves: they are read once Django is set up."""

    settings_module: str
    databases: dict[str, dict[str, Any]]
    language: str | None
    sources: bytes


def _children_can_read() -> bool:
    """Whether another process sees the database as this one does: not in a transaction, nor in this one's memory."""
    return not any(
        # Only SQLite's connections know the second.
        connection.in_atomic_block or getattr(connection, "is_in_memory_db", bool)()
        for connection in connections.all()
    )


def _start(table: ConceptTable) -> _Start | None:
    """What to tell children; None if a source cannot be handed to another process."""
    try:
        sources = pickle.dumps((registry.sources(), table))
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    databases = {alias: dict(connections[alias].settings_dict) for alias in connections}
    return _Start(os.environ.get("DJANGO_SETTINGS_MODULE", ""), databases, get_language(), sources)


def _by_children(
    batches: Iterator[dict[str, int]], start: _Start, table: ConceptTable, processes: int
) -> Iterator[Gathered]:
    """What children give; what they leave when they end before their time is read here, and what there is time for
    while they start.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_set_up, initargs=(start,))
    waiting: deque[tuple[dict[str, int], Future[Gathered]]] = deque()
    have_started = False
    try:
        for batch in batches:
            # Enough that none waits for work, few enough that they fit into memory.
            if len(waiting) > processes + 2:
                have_started = have_started or waiting[0][1].done()
                if not have_started:
                    yield read(batch, table)
                    continue
                yield _result(*waiting.popleft(), table)
            waiting.append((batch, _submitted(pool, batch)))
        while waiting:
            yield _result(*waiting.popleft(), table)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, batch: dict[str, int]) -> Future[Gathered]:
    try:
        return pool.submit(_read_in_child, batch)
    except BrokenExecutor as error:
        refused: Future[Gathered] = Future()
        refused.set_exception(error)
        return refused


def _result(batch: dict[str, int], future: Future[Gathered], table: ConceptTable) -> Gathered:
    try:
        return future.result()
    except BrokenExecutor as error:
        logger.error("A process that prepared works has ended; their preparation goes on without it. %s", error)
        return read(batch, table)


_table: ConceptTable | None = None


def _set_up(start: _Start) -> None:
    """Make a child what its parent is: the same settings, databases, sources, language."""
    global _table
    # Ctrl+C is for the parent, which then ends its children. A parent that is killed cannot: they see to it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_POLITENESS)
    if start.settings_module:
        os.environ["DJANGO_SETTINGS_MODULE"] = start.settings_module
    import django

    django.setup()
    for alias, told in start.databases.items():
        connections[alias].settings_dict.update(told)
    if start.language:
        activate(start.language)
    sources: tuple[SearchSource, ...]
    sources, _table = pickle.loads(start.sources)  # noqa: S301 - from the parent's memory
    for known in registry.sources():
        registry.unregister(known.name)
    for source in sources:
        registry.register(source)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_in_child(batch: dict[str, int]) -> Gathered:
    assert _table is not None
    return read(batch, _table)
