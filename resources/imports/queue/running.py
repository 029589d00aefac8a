"""Rows → pages, some at a time. What is written and what is noted of it are one transaction, so that a row goes in once
whenever its worker is killed.
"""

from __future__ import annotations

import errno
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _
from wagtail.models import Page

from resources.extraction import jobs
from resources.importing import bibliographic
from resources.importing.apply import CHUNK, FAULTS, library_now, problem_of, writer_for
from resources.importing.errors import RowError
from resources.importing.links import link
from resources.importing.pages import Outcome, Writer, Written
from resources.importing.rows import parse
from resources.importing.sheet import Sheet, SheetRow
from resources.imports.models import LEASES, WAITING, RowStatus, RunRow, RunStatus
from resources.imports.queue.checking import find_files, folder_of, source_of
from resources.imports.queue.turns import Turn
from resources.imports.verdicts import refused
from resources.models import PortalDocument
from search.indexing import outbox

logger = logging.getLogger(__name__)

_READ_AT_ONCE = 2
"""Files: reading one may take half a minute, and the lease is prolonged in between."""
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.EIO}
_STATUS = {
    Outcome.CREATED: RowStatus.CREATED,
    Outcome.UPDATED: RowStatus.UPDATED,
    Outcome.UNCHANGED: RowStatus.UNCHANGED,
    Outcome.UNPUBLISHED: RowStatus.UNPUBLISHED,
}


def go_on(turn: Turn) -> None:
    """Write rows until the turn is over or all are written."""
    run = turn.run
    writing = _Writing(turn, writer_for(publish=run.publish, user=run.user, source=source_of(run)))
    with outbox.batch(), jobs.held():
        for _step in turn.steps():
            rows = writing.next_rows()
            if not rows:
                turn.becomes(RunStatus.DONE, reason="")
                # The library has its own copies of what came in the zip.
                shutil.rmtree(folder_of(run), ignore_errors=True)
                return
            writing.write(rows)


@dataclass
class _Writing:
    turn: Turn
    writer: Writer

    def next_rows(self) -> list[RunRow]:
        """What is to be written next. Where a worker died over several, one alone; and that one is given up when it
        takes its worker down again and again.
        """
        waiting = self.turn.run.rows.filter(status__in=WAITING)
        if self.turn.run.attempts <= 1:
            return list(waiting[:CHUNK])
        first = waiting.first()
        if first is not None and LEASES.is_exhausted(self.turn.run):
            logger.error("Row %s of import %s takes its worker down.", first.line, self.turn.run.pk)
            with self.turn.step():
                _note_problems([first], [RowError(first.line, "", _("The portal failed on this row."), first.key)])
                self.turn.go_on(attempts=0)
            first = waiting.first()
        return [first] if first is not None else []

    def write(self, rows: Sequence[RunRow]) -> None:
        """Write some rows; when one can't be, each by itself."""
        before = len(self.writer.documents.added)
        try:
            with self.turn.step():
                self._write(rows)
                self.turn.go_on(attempts=0)
        except (OperationalError, InterfaceError):
            # The database is away or locked, or the disk is full: no row's fault. The turn ends, and there are others.
            self.writer.forget_unsaved()
            raise
        except FAULTS as error:
            self.writer.forget_unsaved()
            if isinstance(error, OSError) and error.errno in _NO_ROOM:
                raise
            if len(rows) > 1:
                for row in rows:
                    self.write([row])
                return
            with self.turn.step():
                _note_problems(rows, [problem_of(rows[0].line, rows[0].key, error)])
        self._read(self.writer.documents.added[before:])

    def _write(self, rows: Sequence[RunRow]) -> None:
        # Imports write one after the other: two that bring the same row make one page.
        list(Page.objects.select_for_update().filter(depth=1).values_list("pk", flat=True))
        known = {row.key for row in rows} | {str(row.cells.get("translation_of", "")) for row in rows}
        library = library_now(known - {""})
        mapped = [name for name in self.turn.run.mapping if name]
        columns = tuple(mapped or bibliographic.COLUMNS)
        raws = (SheetRow(row.line, row.cells, gone=row.status == RowStatus.GONE) for row in rows)
        sheet = Sheet(columns, raws, source=self.writer.source)
        parsed = parse(sheet, library, find_files(self.turn.run).find)
        linked = link(parsed.rows, library)
        refusals = list(refused(linked.rows, self.turn.run.user, publish=self.turn.run.publish))
        problems = [*parsed.errors, *linked.errors, *refusals]
        unfit = {problem.line for problem in refusals}
        fit = [row for row in linked.rows if row.line not in unfit]
        before = len(self.writer.documents.added)
        written: dict[str, Written] = self.writer.write(fit)
        added = self.writer.documents.added[before:]
        gone = {raw.line for raw in parsed.gone}
        for row in rows:
            if row.line in gone:
                written[row.key] = self.writer.unpublish(row.key) or Written(Outcome.UNCHANGED, 0)
        _note_written(rows, written, added)
        _note_problems([row for row in rows if row.key not in written], problems)

    def _read(self, documents: Sequence[PortalDocument]) -> None:
        for start in range(0, len(documents), _READ_AT_ONCE):
            self.turn.go_on()
            jobs.extract_many(documents[start : start + _READ_AT_ONCE])


def _note_written(rows: Sequence[RunRow], written: dict[str, Written], added: Sequence[PortalDocument]) -> None:
    noted = [row for row in rows if row.key in written]
    for row in noted:
        done = written[row.key]
        row.status = _STATUS[done.outcome]
        row.page, row.before, row.after = done.page or None, done.before, done.after
        row.work_before, row.was_live, row.had_changes = done.work_before, done.was_live, done.had_changes
    if added and noted:
        # Which row brought a file matters to nobody; that the run did, does when it is undone.
        noted[0].documents = [document.pk for document in added]
    fields = ["status", "page", "before", "after", "work_before", "was_live", "had_changes", "documents"]
    # They are there: each is updated. `bulk_update` asks case by case, which takes several times as long.
    RunRow.objects.bulk_create(noted, update_conflicts=True, unique_fields=["pk"], update_fields=fields)


def _note_problems(rows: Sequence[RunRow], problems: Sequence[RowError]) -> None:
    by_line: dict[int, list[Any]] = {}
    for problem in problems:
        by_line.setdefault(problem.line, []).append([problem.column, problem.reason])
    for row in rows:
        row.status = RowStatus.FAILED
        row.problems = by_line.get(row.line) or [["", _("It could not be saved.")]]
    RunRow.objects.bulk_update(rows, ["status", "problems"], batch_size=100)
