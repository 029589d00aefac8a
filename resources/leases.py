"""Rows as work: any process takes the one that is due first, holds it with a lease, and another takes it over when the
lease has run out.

A model that is such a queue has the columns `attempts` and one for the lease, and `due` if work waits for a time. A row
is a process's as long as nobody else counted an attempt more: what it writes of the row goes through `own`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Leases:
    """The terms of a queue.

    `length` is how often a process says at least that it is alive. What was taken `most_attempts` times in vain is to
    be given up. After an attempt that failed a row rests for `pause`, twice as long after the next.

    `column` holds when the lease runs out, or with `notes_begin` when it began. `counter` counts who took the row,
    where that isn't `attempts`. `same` are further columns by which a process knows the work that it took.
    """

    length: timedelta
    most_attempts: int
    pause: timedelta = timedelta(0)
    column: str = "lease_until"
    notes_begin: bool = False
    counter: str = "attempts"
    same: tuple[str, ...] = ()

    def free(self, now: datetime | None = None) -> Q:
        """Rows that nobody works on: never taken, put back, or left by a process that died."""
        return Q(**{self.column: None}) | Q(**{f"{self.column}__lt": self._over(now or timezone.now())})

    def held(self, now: datetime | None = None) -> Q:
        """Rows that a process works on."""
        return Q(**{f"{self.column}__gte": self._over(now or timezone.now())})

    def take(self, rows: QuerySet[Row], **changes: Any) -> Row | None:
        """The first of `rows`, which are free, in the order that they have: from now on this process's, with an attempt
        counted before anything is done. None if there is none. `changes` are written with it.
        """
        counted = {name: F(name) + 1 for name in {"attempts", self.counter}}
        while (row := rows.first()) is not None:
            mine = rows.filter(pk=row.pk, **{name: getattr(row, name) for name in (self.counter, *self.same)})
            written = {**self._begun(), **changes}
            if mine.update(**counted, **written):
                for name in counted:
                    setattr(row, name, getattr(row, name) + 1)
                for name, value in written.items():
                    setattr(row, name, value)
                return row
        return None

    def is_exhausted(self, row: Any) -> bool:
        """Whether a row that was taken was so too often before: each time its process ended without a word."""
        return bool(row.attempts > self.most_attempts)

    def own(self, row: Row) -> QuerySet[Row]:
        """The row, as long as it is this process's."""
        known = {name: getattr(row, name) for name in (self.counter, *self.same)}
        return type(row)._base_manager.filter(pk=row.pk, **known)

    def prolong(self, row: Model, **changes: Any) -> bool:
        """Begin the lease again, and write `changes` of the row. Whether it is still this process's: in a
        transaction it stays so to the end.
        """
        return bool(self.own(row).update(**self._begun(), **changes))

    def put_back(self, row: Model, **changes: Any) -> bool:
        """Let go of a row, and write `changes` of it. Whether it was still this process's."""
        return bool(self.own(row).update(**{self.column: None, **changes}))

    def after_failure(self, row: Any) -> datetime:
        """When a row whose attempt failed is due again."""
        return timezone.now() + self.pause * 2 ** (row.attempts - 1)

    def _begun(self) -> dict[str, datetime]:
        now = timezone.now()
        return {self.column: now if self.notes_begin else now + self.length}

    def _over(self, now: datetime) -> datetime:
        return now - self.length if self.notes_begin else now
