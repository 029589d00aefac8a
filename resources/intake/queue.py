"""The tasks of dropped files, taken up by whichever process comes first, and again where one died.

What a process makes of a row that it took is one transaction, which begins by looking whether the row is still its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from django.db import transaction

from resources.extraction import Outcome, jobs
from resources.extraction.reading import FileToRead, read_files
from resources.intake import reasons
from resources.intake.models import DroppedFile, State, Task
from resources.intake.models.dropped_file import LEASES
from resources.intake.publishing import publish_or_submit
from resources.intake.settling import prepare, settle
from search.indexing import outbox

logger = logging.getLogger(__name__)

ROUND_SECONDS = 8.0
"""What a round of the worker may take of this, so that indexing doesn't fall behind."""
AT_ONCE_SECONDS = 2.0
"""What a request may take, where no worker is at work."""


def work_off(seconds: float = ROUND_SECONDS, *, batch: int | None = None) -> int:
    """Do what is due, until nothing is or `seconds` are over; how many tasks were done. Raises nothing for one."""
    until = time.monotonic() + seconds
    # A request indexes what it published, and not what others have left; the worker indexes all of it together.
    with outbox.batch() if batch is None else nullcontext():
        done = _publish(until, batch)
        done += _read(until, batch)
    return done


def somebody_works() -> bool:
    """Whether a process holds a task now."""
    return DroppedFile.objects.waiting().filter(LEASES.held()).exists()


def _publish(until: float, batch: int | None) -> int:
    done = 0
    while time.monotonic() < until:
        dropped = _take([Task.PUBLISH, Task.SUBMIT], batch)
        if dropped is None:
            break
        _guarded(dropped, lambda: publish_or_submit)
        done += 1
    return done


def _read(until: float, batch: int | None) -> int:
    taken: list[DroppedFile] = []

    def files() -> Iterator[FileToRead]:
        while time.monotonic() < until:
            dropped = _take([Task.READ], batch)
            if dropped is None:
                return
            taken.append(dropped)
            yield FileToRead(_path(dropped), dropped.name)

    done = 0
    # Readings come in the order in which files were taken.
    for reading in read_files(files(), jobs.limits(), jobs.CHILDREN):
        dropped = taken[done]
        _prolong(taken[done + 1 :])
        _guarded(dropped, partial(_settling, dropped, reading.outcome))
        done += 1
    return done


def _take(tasks: list[Task], batch: int | None) -> DroppedFile | None:
    """The task that is due first, held by this process now; None if there is none."""
    due = DroppedFile.objects.due().filter(task__in=tasks).select_related("batch", "task_by")
    if batch is not None:
        due = due.filter(batch_id=batch)
    while (taken := LEASES.take(due)) is not None and LEASES.is_exhausted(taken):
        # Nobody was left to say so: each time the system ended the process, or the machine stood still.
        if LEASES.put_back(taken, task=Task.NOTHING, reason=reasons.GIVEN_UP, state=_without_draft(taken)):
            logger.error("Dropped file %s was given up after %s attempts.", taken.pk, LEASES.most_attempts)
    return taken


def _without_draft(dropped: DroppedFile) -> str:
    return State.DRAFTED if dropped.page_id else State.FAILED


def _settling(dropped: DroppedFile, outcome: Outcome) -> Callable[[DroppedFile], None]:
    prepared = prepare(dropped, outcome)
    return lambda own_file: settle(own_file, prepared)


def _guarded(dropped: DroppedFile, begin: Callable[[], Callable[[DroppedFile], None]]) -> None:
    """Do a task: `begin` what needs no transaction, then the rest in one. One that fails is tried again later."""
    try:
        work = begin()
        with transaction.atomic():
            # Written first: whoever else writes this row waits, or finds that it isn't his any more.
            if not LEASES.prolong(dropped):
                return
            work(dropped)
    except Exception:
        logger.exception("The task ‘%s’ of dropped file %s failed.", dropped.task, dropped.pk)
        given_up: dict[str, str] = {}
        if dropped.attempts >= LEASES.most_attempts:
            given_up = {"task": Task.NOTHING, "reason": reasons.REFUSED, "state": _without_draft(dropped)}
        LEASES.put_back(dropped, due=LEASES.after_failure(dropped), **given_up)


def _prolong(held: list[DroppedFile]) -> None:
    for dropped in held:
        LEASES.prolong(dropped)


def _path(dropped: DroppedFile) -> Path:
    return Path(dropped.file.path)
