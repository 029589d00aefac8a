"""What became of a run: counts, and a report with a line for each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from resources.imports.models import WAITING, WRITTEN, WRONG, RowStatus, Run, RunRow


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a run are in which state."""

    by_status: dict[str, int]

    @property
    def every(self) -> int:
        return sum(self.by_status.values())

    @property
    def waiting(self) -> int:
        return sum(self.by_status.get(status, 0) for status in WAITING)

    @property
    def wrong(self) -> int:
        return sum(self.by_status.get(status, 0) for status in WRONG)

    @property
    def written(self) -> int:
        return sum(self.by_status.get(status, 0) for status in WRITTEN)

    @property
    def done(self) -> int:
        return self.every - self.waiting

    @property
    def percent(self) -> int:
        return self.done * 100 // self.every if self.every else 0

    @property
    def shown(self) -> list[tuple[str, str, int]]:
        """(state, its name, how many), of those that there are."""
        return [
            (status.value, str(status.label), self.by_status[status])
            for status in RowStatus
            if self.by_status.get(status)
        ]


def counts_of(run: Run) -> Counts:
    found = run.rows.order_by().values("status").annotate(rows=Count("pk")).values_list("status", "rows")
    return Counts(dict(found))


def heading() -> list[str]:
    return [_("Line"), _("Import key"), _("Title"), _("State"), _("Column"), _("Reason"), _("Note")]


def lines(run: Run) -> Iterator[list[str]]:
    """A line for each row, and one more for each further thing that is wrong with it."""
    for row in run.rows.order_by("line", "position").iterator(chunk_size=500):
        first = [str(row.line), row.key, row.title, str(RowStatus(row.status).label)]
        notes = "; ".join(f"{column}: {note}" for column, note in row.notes.items())
        problems = row.problems or [["", ""]]
        for number, (column, reason) in enumerate(problems):
            yield [*first, column, reason, notes if not number else ""]


def reasons(row: RunRow) -> list[str]:
    """What is wrong with a row, a sentence each."""
    return [f"{column}: {reason}" if column else reason for column, reason in row.problems]
