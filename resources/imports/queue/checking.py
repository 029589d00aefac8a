"""A run's file → its rows, each with a verdict. It is done whole or not at all: until then nobody waits on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from resources.importing import bibliographic
from resources.importing.apply import library_now
from resources.importing.archive import BadArchive, unpacked_anew
from resources.importing.errors import RowError, UnreadableTable
from resources.importing.files import FileFolder
from resources.importing.links import link
from resources.importing.reading import is_bibliography, read_file
from resources.importing.rows import parse
from resources.importing.sheet import Sheet, SheetRow, read_records, to_sheet
from resources.imports.models import RowStatus, Run, RunRow, RunStatus
from resources.imports.queue.turns import LEASE, Turn
from resources.imports.verdicts import refused

_AT_ONCE = 500


def check(turn: Turn) -> None:
    """Read the run's file, or take the rows that were harvested, and say of each row what would become of it."""
    run = turn.run
    # It takes as long as it takes; nobody else may begin it meanwhile.
    turn.go_on(lease_until=timezone.now() + LEASE * 10)
    try:
        warnings = _unpack(run)
        sheet = sheet_of(run)
        verdicts = _verdicts(sheet, run)
    except (UnreadableTable, BadArchive) as error:
        turn.becomes(RunStatus.FAILED, reason=str(error))
        return
    with turn.step():
        run.rows.all().delete()
        rows = _rows(sheet, verdicts, run)
        while some := list(islice(rows, _AT_ONCE)):
            RunRow.objects.bulk_create(some)
        turn.becomes(RunStatus.READY, warnings=[*sheet.warnings, *warnings], reason="")


def sheet_of(run: Run) -> Sheet:
    """The rows of a run as they stand in its file, or as they were harvested. Raises UnreadableTable."""
    if run.is_harvest:
        return _harvested(run)
    with run.table.open("rb") as file:
        data = file.read()
    if is_bibliography(data):
        return read_file(data, language=run.language)
    return to_sheet(read_records(data), [name or None for name in run.mapping])


def _harvested(run: Run) -> Sheet:
    rows = [
        SheetRow(
            row.line,
            row.cells,
            {problem[0]: problem[1] for problem in row.problems},
            row.notes,
            row.cells.get("gone") == "1",
        )
        for row in run.rows.all()
    ]
    return Sheet(bibliographic.COLUMNS, tuple(rows))


def _unpack(run: Run) -> list[str]:
    if not run.files:
        return []
    aside = unpacked_anew(Path(run.files.path), folder_of(run))
    return [_("Left aside of the zip: %(names)s") % {"names": ", ".join(aside)[:1000]}] if aside else []


def folder_of(run: Run) -> Path:
    """Where the files of a run lie."""
    return Path(run._meta.get_field("table").storage.path(f"imports/{run.folder}/files"))


def find_files(run: Run) -> FileFolder:
    return FileFolder(folder_of(run) if run.files else None)


@dataclass(frozen=True, slots=True)
class _Verdict:
    key: str
    status: RowStatus
    problems: tuple[RowError, ...] = ()


def _verdicts(sheet: Sheet, run: Run) -> dict[int, _Verdict]:
    """What would become of each row, by its line: those first that others translate."""
    library = library_now()
    parsed = parse(sheet, library, find_files(run).find)
    linked = link(parsed.rows, library)
    refusals = refused(linked.rows, run.user, publish=run.publish)
    errors: dict[int, list[RowError]] = {}
    for error in (*parsed.errors, *linked.errors, *refusals):
        errors.setdefault(error.line, []).append(error)
    found: dict[int, _Verdict] = {}
    for row in linked.rows:
        status = RowStatus.CHANGE if row.key in library.pages else RowStatus.NEW
        found[row.line] = _Verdict(row.key, status)
    for raw in sheet.rows:
        found.setdefault(raw.line, _Verdict(" ".join(raw.cells.get("id", "").split())[:200], RowStatus.NEW))
    for raw in parsed.gone:
        found[raw.line] = replace(found[raw.line], status=RowStatus.GONE)
    for line, wrong in errors.items():
        found[line] = replace(found[line], status=RowStatus.BAD, problems=tuple(wrong))
    return found


def _rows(sheet: Sheet, verdicts: dict[int, _Verdict], run: Run) -> Iterator[RunRow]:
    """One after the other: all of a large table together take several times as much memory as the table."""
    raws = {row.line: row for row in sheet.rows}
    for position, (line, verdict) in enumerate(verdicts.items()):
        raw = raws[line]
        yield RunRow(
            run=run,
            position=position,
            line=line,
            key=verdict.key,
            cells=dict(raw.cells) | ({"gone": "1"} if raw.gone else {}),
            problems=[[error.column, error.reason] for error in verdict.problems],
            notes=dict(raw.notes),
            status=verdict.status,
        )
