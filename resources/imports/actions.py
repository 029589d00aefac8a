"""What an editor does with a run. Each act is one transaction; what it leads to, a worker does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resources.importing.columns import COLUMNS, REQUIRED
from resources.importing.errors import UnreadableTable
from resources.importing.harvest import HarvestRequest
from resources.importing.headings import guessed
from resources.importing.reading import is_bibliography
from resources.importing.sheet import MAX_BYTES, open_records
from resources.imports import queue
from resources.imports.models import WAITING, WRITTEN, WRONG, RememberedMapping, Run, RunRow, RunStatus

_SAMPLE = 40
"""Lines that are read to show an editor what a column holds."""
_COLUMNS = 200


@transaction.atomic
def begin(*, by: Any, table: Any, files: Any = None, publish: bool = False) -> Run:
    """A run of an uploaded file. A bibliography is checked at once, a table waits for its columns to be named.

    Raises UnreadableTable.
    """
    if table.size > MAX_BYTES:
        raise UnreadableTable(_("The file is larger than %(size)s MB: split it.") % {"size": MAX_BYTES // 1024 // 1024})
    run = Run(user=by, language=get_language() or "en", name=str(table.name)[:200], publish=publish)
    if is_bibliography(table):
        run.status = RunStatus.CHECKING
    else:
        heading = open_records(table, _SAMPLE).heading[:_COLUMNS]
        if not any(heading):
            raise UnreadableTable(_("The first line names no columns."))
        run.heading = [cell[:200] for cell in heading]
        run.mapping = [column or "" for column in remembered(run.heading, by=by)]
    table.seek(0)
    run.table.save("table", table, save=False)
    if files is not None:
        run.files.save("files.zip", files, save=False)
    run.save()
    queue.soon()
    return run


@transaction.atomic
def begin_harvest(*, by: Any, request: HarvestRequest, publish: bool = False) -> Run:
    """A run of another repository's records."""
    told = {name: getattr(request, name) for name in ("address", "set", "since", "until", "language")}
    name = f"{request.address} {request.set}".strip()[:200]
    run = Run.objects.create(
        user=by,
        language=get_language() or "en",
        name=name,
        harvest={"request": told},
        publish=publish,
        status=RunStatus.HARVESTING,
    )
    queue.soon()
    return run


@transaction.atomic
def name_columns(*, run: Run, mapping: Sequence[str]) -> None:
    """Say what each column of a run's table holds, and have it checked: its rows are read anew. One that wrote pages
    keeps its rows, by which they can be taken back. Raises UnreadableTable.
    """
    named = [name if name in COLUMNS else "" for name in mapping]
    twice = sorted({name for name in named if name and named.count(name) > 1})
    if twice:
        raise UnreadableTable(_("The column %(column)s is there twice.") % {"column": twice[0]})
    missing = [name for name in REQUIRED if name not in named]
    if missing:
        raise UnreadableTable(
            _("The table lacks what every row needs: the column %(columns)s.") % {"columns": ", ".join(missing)}
        )
    if run.rows.filter(status__in=WRITTEN).exists():
        raise UnreadableTable(_("Some of its rows are in the library: undo them, or begin another import."))
    if run.user is not None:
        RememberedMapping.objects.update_or_create(
            user=run.user, headings=_digest(run.heading), defaults={"mapping": named}
        )
    _advance(run, (RunStatus.MAPPING, RunStatus.READY, RunStatus.FAILED), RunStatus.CHECKING, mapping=named)


def start(*, run: Run, by: Any) -> bool:
    """Let a run that was looked at go in; whether it does now. Who says so is who answers for it."""
    if not run.rows.filter(status__in=WAITING).exists():
        return False
    return _advance(run, (RunStatus.READY, RunStatus.FAILED), RunStatus.RUNNING, user=by)


def undo(*, run: Run, by: Any) -> bool:
    """Take back what a run made or changed; whether that goes on now."""
    if not run.rows.filter(status__in=WRITTEN).exists():
        return False
    return _advance(run, (RunStatus.DONE, RunStatus.FAILED), RunStatus.UNDOING, user=by)


def stop(*, run: Run) -> bool:
    """Let a run go no further. What it wrote stays, and can be undone."""
    working = (RunStatus.HARVESTING, RunStatus.CHECKING, RunStatus.RUNNING)
    return _advance(run, working, RunStatus.FAILED, reason=_("It was stopped."))


@transaction.atomic
def _advance(run: Run, before: Sequence[RunStatus], after: RunStatus, **changes: Any) -> bool:
    changes = {"reason": "", "finished": None, **changes}
    changed = Run.objects.filter(pk=run.pk, status__in=before).update(
        status=after, attempts=0, lease_until=None, due=timezone.now(), **changes
    )
    run.refresh_from_db()
    queue.soon()
    return bool(changed)


def remembered(heading: Sequence[str], *, by: Any) -> list[str | None]:
    """What the columns of a table hold: as the same editor said of such a table before, else by their names."""
    known = RememberedMapping.objects.filter(user=by, headings=_digest(heading)).first()
    return [name or None for name in known.mapping] if known else guessed(heading)


def _digest(heading: Sequence[str]) -> str:
    told = json.dumps([cell.casefold().strip() for cell in heading], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def since_last(request: HarvestRequest, *, by: Any) -> HarvestRequest:
    """`request`, or where it names no day the same since the last time that all of it was fetched and put in: by
    somebody who may not write what `by` may, some rows stayed out.
    """
    if request.since:
        return request
    stayed_out = RunRow.objects.filter(run=OuterRef("pk"), status__in=WRONG)
    before = Run.objects.filter(
        Q(user=by) | ~Exists(stayed_out),
        status=RunStatus.DONE,
        harvest__request__address=request.address,
        harvest__request__set=request.set,
    ).order_by("-made")
    for run in before[:10]:
        # A day, and not a second: every repository takes it, and what comes twice changes nothing.
        if asked := str(run.harvest.get("asked", ""))[:10]:
            # A repository whose clock is ahead would have nothing new for as long.
            return replace(request, since=min(asked, run.made.date().isoformat()))
    return request
