"""A run's file → its rows, each with a verdict. It is done whole or not at all: until then nobody waits on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from resources.importing import bibliographic
from resources.importing.apply import library_now
from resources.importing.archive import BadArchive, unpacked_anew
from resources.importing.errors import RowError, UnreadableTable
from resources.importing.files import FileFolder
from resources.importing.harvest import HarvestRequest
from resources.importing.links import link
from resources.importing.reading import open_file
from resources.importing.rows import ImportRow, read_rows
from resources.importing.sheet import Sheet, SheetRow
from resources.importing.spool import Spool
from resources.importing.values import one_line
from resources.imports.models import LEASES, RowStatus, Run, RunRow, RunStatus
from resources.imports.queue.turns import Turn
from resources.imports.verdicts import refused

_AT_ONCE = 50


def check(turn: Turn) -> None:
    """Read the run's file, or take the rows that were harvested, and say of each row what would become of it. The rows
    wait in a file until all are read: of each its identity is in memory.
    """
    run = turn.run
    # It takes as long as it takes; nobody else may begin it meanwhile.
    turn.go_on(lease_until=timezone.now() + LEASES.length * 10)
    with Spool[SheetRow]() as spool:
        try:
            warnings = _unpack(run)
            with sheet_of(run) as sheet:
                verdicts = _verdicts(sheet, run, spool)
        except (UnreadableTable, BadArchive) as error:
            turn.becomes(RunStatus.FAILED, reason=str(error))
            return
        with turn.step():
            run.rows.all().delete()
            rows = _rows(spool, verdicts, run)
            while some := list(islice(rows, _AT_ONCE)):
                RunRow.objects.bulk_create(some)
            turn.becomes(RunStatus.READY, warnings=[*sheet.warnings, *warnings], reason="")


@contextmanager
def sheet_of(run: Run) -> Iterator[Sheet]:
    """The rows of a run as they stand in its file, or as they were harvested. It and its rows raise UnreadableTable."""
    if run.is_harvest:
        yield _harvested(run)
        return
    with Path(run.table.path).open("rb") as file:
        yield open_file(file, language=run.language, columns=[name or None for name in run.mapping])


def _harvested(run: Run) -> Sheet:
    rows = (
        SheetRow(
            row.line,
            row.cells,
            {problem[0]: problem[1] for problem in row.problems},
            row.notes,
            row.cells.get("gone") == "1",
        )
        for row in run.rows.iterator(chunk_size=_AT_ONCE)
    )
    return Sheet(bibliographic.COLUMNS, rows, source=source_of(run))


def source_of(run: Run) -> str:
    """The repository that a run's rows were fetched from; "" for those of a file."""
    return HarvestRequest(**run.harvest["request"]).source if run.is_harvest else ""


def _unpack(run: Run) -> list[str]:
    if not run.files:
        return []
    aside = unpacked_anew(Path(run.files.path), folder_of(run))
    return [_("Skipped in the zip: %(names)s") % {"names": ", ".join(aside)[:1000]}] if aside else []


def folder_of(run: Run) -> Path:
    """Where the files of a run lie."""
    return Path(run._meta.get_field("table").storage.path(f"imports/{run.folder}/files"))


def find_files(run: Run) -> FileFolder:
    return FileFolder(folder_of(run) if run.files else None)


@dataclass(slots=True)
class _Verdicts:
    """What would become of the rows, by their numbers: `order` has those first that others translate."""

    order: list[int] = field(default_factory=list)
    statuses: dict[int, RowStatus] = field(default_factory=dict)
    problems: dict[int, list[RowError]] = field(default_factory=dict)


def _verdicts(sheet: Sheet, run: Run, spool: Spool[SheetRow]) -> _Verdicts:
    library = library_now()
    found = _Verdicts()
    numbers: dict[str, int] = {}
    bare: list[ImportRow] = []
    for read in read_rows(sheet, library, find_files(run).find):
        number = spool.add(read.raw)
        if read.errors:
            found.problems[number] = list(read.errors)
        elif read.row is None:
            found.statuses[number] = RowStatus.GONE
        else:
            numbers[read.row.key] = number
            bare.append(read.row.without_texts())
    linked = link(bare, library)
    for error in (*linked.errors, *refused(linked.rows, run.user, publish=run.publish)):
        found.problems.setdefault(numbers[error.key], []).append(error)
    for row in linked.rows:
        found.order.append(numbers[row.key])
        found.statuses[numbers[row.key]] = RowStatus.CHANGE if row.key in library.pages else RowStatus.NEW
    placed = set(found.order)
    found.order += [number for number in range(len(spool)) if number not in placed]
    return found


def _rows(spool: Spool[SheetRow], verdicts: _Verdicts, run: Run) -> Iterator[RunRow]:
    for position, number in enumerate(verdicts.order):
        raw, problems = spool[number], verdicts.problems.get(number)
        yield RunRow(
            run=run,
            position=position,
            line=raw.line,
            key=one_line(raw.cells.get("id", ""))[:200],
            cells=dict(raw.cells) | ({"gone": "1"} if raw.gone else {}),
            problems=[[error.column, error.reason] for error in problems or ()],
            notes=dict(raw.notes),
            status=RowStatus.BAD if problems else verdicts.statuses[number],
        )
