"""Writing the counts: one statement a table that adds to its rows, after a response and at the process's end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from typing import Any

import django.db
from django.db import connection, transaction

from search.statistics.gathering import Counts, Key, gathering
from search.statistics.models import DailyCount

logger = logging.getLogger(__name__)

_PATIENCE_MS = 200
"""How long a statement waits for others that write: the thread is to answer visitors."""

_flushing = threading.Lock()
_failed = False


def after_response(**_signal: Any) -> None:
    """Write what has waited long enough. The visitor has the answer already; what fails here doesn't concern them."""
    if gathering.is_due():
        flush()
        # Django looked after its connections just before, and this may have made another.
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def flush() -> None:
    """Write all that this process has counted; what can't be written now waits for the next time."""
    global _failed
    if not _flushing.acquire(blocking=False):
        return
    try:
        counts = gathering.take()
        if counts:
            try:
                store(counts)
                _failed = False
            except django.db.Error as error:
                gathering.put_back(counts)
                # It will be tried every few seconds: to be told once is enough.
                logger.log(logging.DEBUG if _failed else logging.WARNING, "Searches wait to be counted: %s", error)
                _failed = True
    finally:
        _flushing.release()


def store(counts: Counts) -> None:
    """Add `counts` to the tables, all or nothing. Raises `django.db.Error` when they can't be written soon."""
    # Every process in the same order: none waits for a row of another that waits for its own.
    ordered = sorted(
        counts.items(), key=lambda item: (item[0].model.__name__, item[0].day, item[0].language, item[0].counted)
    )
    with _short_patience():
        for model, rows in groupby(ordered, key=lambda item: item[0].model):
            add(model, list(rows))


def add(model: type[DailyCount], rows: Sequence[tuple[Key, Sequence[int]]]) -> None:
    """Add to rows of one table, making those that aren't there; no row twice."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    keys = [quote(name) for name in ("day", "language", model.counted)]
    counters = [quote(name) for name in model.counters]
    row = f"({', '.join(['%s'] * len([*keys, *counters]))})"
    # Django's own bulk_create replaces what is in a row; it can't add to it.
    statement = (
        f"INSERT INTO {table} ({', '.join([*keys, *counters])}) VALUES {', '.join([row] * len(rows))} "  # noqa: S608
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET "
        + ", ".join(f"{counter} = {table}.{counter} + excluded.{counter}" for counter in counters)
    )
    values: list[str | int | date | None] = []
    for key, amounts in rows:
        values += [connection.ops.adapt_datefield_value(key.day), key.language, key.counted, *amounts]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def beside_an_answer(what: str, note: Callable[[], object]) -> None:
    """Let `note` write something that is noted while a reader is answered: where that can't be done soon, it is left,
    and he has his answer all the same. `what` says in the log what was left.
    """
    try:
        with _short_patience():
            note()
    except django.db.DatabaseError as error:
        logger.warning("%s was not noted: %s", what, error)


@contextmanager
def _short_patience() -> Iterator[None]:
    """A transaction that gives up soon where it would have to wait."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {_PATIENCE_MS}")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
