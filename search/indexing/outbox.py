"""Which works changed: written with the change, worked off after it.

with transaction.atomic():
    page.save()
    outbox.enqueue(work)
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from search.errors import IndexUnavailable
from search.indexing import worker
from search.models import OutboxEntry

logger = logging.getLogger(__name__)

AT_ONCE = 200
"""Works that a request indexes itself; the rest of a longer queue waits for the worker or the next change."""

_held = threading.local()


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """How many works wait, how many of them were tried and failed, and since when the oldest waits."""

    waiting: int
    failed: int
    oldest: datetime | None


def enqueue(*works: str) -> None:
    """Note in the running transaction that `works` changed in any way, deletion included; index them once it is
    committed.
    """
    now = timezone.now()
    for work in dict.fromkeys(works):
        _raise_version(work, now)
    if works and settings.SEARCH_INDEX_IMMEDIATELY and not _is_scheduled():
        transaction.on_commit(_drain_after_commit)


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
    pending = OutboxEntry.objects.pending()
    oldest = pending.order_by("changed").values_list("changed", flat=True).first()
    return QueueHealth(pending.count(), OutboxEntry.objects.failed().count(), oldest)


def has_indexed() -> bool:
    """Whether any work was ever put into the index."""
    return OutboxEntry.objects.filter(indexed_version__gt=0).exists()


def _raise_version(work: str, now: datetime) -> None:
    # What had failed is tried afresh: the change may have mended it.
    changes = {"version": F("version") + 1, "changed": now, "attempts": 0, "next_attempt": None, "error": ""}
    if OutboxEntry.objects.filter(work=work).update(**changes):
        return
    try:
        with transaction.atomic():
            OutboxEntry.objects.create(work=work, changed=now)
    except IntegrityError:
        # Another transaction was first.
        OutboxEntry.objects.filter(work=work).update(**changes)


def _is_scheduled() -> bool:
    """Whether draining follows this very transaction; one scheduled in a savepoint goes if that is rolled back."""
    savepoints = set(connection.savepoint_ids)
    return any(
        function is _drain_after_commit and set(sids) <= savepoints for sids, function, *_ in connection.run_on_commit
    )


def _drain_after_commit() -> None:
    if not getattr(_held, "depth", 0):
        _drain(limit=AT_ONCE)


def _drain(limit: int | None) -> None:
    try:
        worker.drain(limit=limit)
    except IndexUnavailable as error:
        logger.error("Changes could not be indexed now; they stay in the outbox. %s", error)
    except Exception:
        # The change itself is saved: search being behind must not tell its editor otherwise. The rows stay for the
        # worker.
        logger.exception("Changes could not be indexed now; they stay in the outbox.")
