"""Which works changed: written with the change, worked off after it.

with transaction.atomic():
    page.save()
    outbox.enqueue(work)
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from search import concepts
from search.engines import engines
from search.engines.patience import patience
from search.errors import IndexUnavailable
from search.indexing import worker
from search.models import NAMES_SPREAD, OutboxEntry

logger = logging.getLogger(__name__)

LONGEST_WAIT = 5.0
"""Seconds that a request spends on engines that answer over a network."""
AT_ONCE = 200
"""Works that a request indexes itself; the rest of a longer queue waits for the worker or the next change."""

_TOGETHER = 200
"""Works noted in one query: a database takes only so many values."""

_held = threading.local()


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """How many works wait for any index, and how many of them were tried and failed."""

    waiting: int
    failed: int


def enqueue(*works: str, also: Callable[[Sequence[str]], Sequence[str]] | None = None) -> None:
    """Note in the running transaction that `works` changed in any way, deletion included; index them once it is
    committed, in every index that is kept. `also` tells what else is found by what they are; of many it is asked once.
    """
    gathered: dict[Any, list[str]] | None = getattr(_held, "gathered", None)
    if gathered is not None:
        gathered.setdefault(also, []).extend(works)
        return
    if also is not None:
        works = (*works, *also(works))
    now = timezone.now()
    indexes = [engine.name for engine in engines()]
    once = list(dict.fromkeys(works))
    for start in range(0, len(once), _TOGETHER):
        _raise_versions(once[start : start + _TOGETHER], indexes, now)
    if works and settings.SEARCH_INDEX_IMMEDIATELY and not _is_scheduled(_drain_after_commit):
        transaction.on_commit(_drain_after_commit)


@contextmanager
def together() -> Iterator[None]:
    """Inside, changes are gathered; at the end they are noted, in the same transaction. For many changes in one."""
    if getattr(_held, "gathered", None) is not None:
        yield
        return
    _held.gathered = {}
    try:
        yield
        gathered = _held.gathered
    finally:
        _held.gathered = None
    found = {also: list(dict.fromkeys(works)) for also, works in gathered.items()}
    enqueue(*(work for also, works in found.items() for work in (*works, *(also(works) if also else ()))))


def enqueue_everything() -> None:
    """Note in the running transaction that names of concepts changed: texts of any work may name them.

    Said often in one transaction, it is done once. Works are indexed again when every process has read the new names.
    """
    if _is_scheduled(_everything_noted):
        return
    now = timezone.now()
    changes = {"version": F("version") + 1, "changed": now, "names_changed": now}
    # What is due for another reason stays due: a withdrawal must not wait for names. Indexed now, it is once more then.
    waiting = Q(version__gt=F("indexed_version"))
    OutboxEntry.objects.filter(waiting).update(**changes)
    OutboxEntry.objects.exclude(waiting | Q(names_changed=now)).update(**changes, next_attempt=now + NAMES_SPREAD)
    transaction.on_commit(_everything_noted)


def _everything_noted() -> None:
    """This process knows the new names at once. Standing among what follows the commit, it tells that it was noted."""
    concepts.forget()


@contextmanager
def batch() -> Iterator[None]:
    """Inside, changes are only noted; at the end they are indexed together. For imports of many works."""
    _held.depth = getattr(_held, "depth", 0) + 1
    try:
        yield
    finally:
        _held.depth -= 1
        if not _held.depth and settings.SEARCH_INDEX_IMMEDIATELY:
            transaction.on_commit(lambda: _drain(limit=None))


def health() -> QueueHealth:
    """How many works wait for an index that is in use, and how many of them were tried in vain. Two queries."""
    pending = OutboxEntry.objects.pending().filter(index__in=[engine.name for engine in engines()])
    waiting = pending.values("work").distinct().count()
    return QueueHealth(waiting, pending.filter(attempts__gt=0).values("work").distinct().count())


def _raise_versions(works: Sequence[str], indexes: Sequence[str], now: datetime) -> None:
    # What had failed is tried afresh: the change may have mended it.
    changes = {"version": F("version") + 1, "changed": now, "attempts": 0, "next_attempt": None, "error": ""}
    # Of indexes that the settings don't name now, too: one that comes back catches up.
    known = OutboxEntry.objects.filter(work__in=works)
    known.update(**changes)
    there = set(known.values_list("work", "index"))
    missing = [(work, index) for work in works for index in indexes if (work, index) not in there]
    if not missing:
        return
    try:
        with transaction.atomic():
            OutboxEntry.objects.bulk_create(OutboxEntry(work=work, index=index, changed=now) for work, index in missing)
    except IntegrityError:
        # Another transaction was first with one of them.
        for work, index in missing:
            _add(work, index, now, changes)


def _add(work: str, index: str, now: datetime, changes: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            OutboxEntry.objects.create(work=work, index=index, changed=now)
    except IntegrityError:
        OutboxEntry.objects.filter(work=work, index=index).update(**changes)


def _is_scheduled(what: Callable[[], None]) -> bool:
    """Whether it follows this very transaction; what was scheduled in a savepoint goes if that is rolled back."""
    savepoints = set(connection.savepoint_ids)
    return any(function is what and set(sids) <= savepoints for sids, function, *_ in connection.run_on_commit)


def _drain_after_commit() -> None:
    if not getattr(_held, "depth", 0):
        _drain(limit=AT_ONCE)


def _drain(limit: int | None) -> None:
    try:
        with patience(LONGEST_WAIT):
            worker.drain(limit=limit)
    except IndexUnavailable as error:
        logger.error("Changes could not be indexed now; they stay in the outbox. %s", error)
    except Exception:
        # The change itself is saved: search being behind must not tell its editor otherwise. The rows stay for the
        # worker.
        logger.exception("Changes could not be indexed now; they stay in the outbox.")
