"""The tasks of dropped files, taken up by whichever process comes first, and again where one died.

A process takes a row by counting an attempt up and holds it with a lease; what it makes of it is one transaction, which
begins by looking whether the row is still its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from resources.extraction import Outcome, jobs
from resources.extraction.reading import FileToRead, read_files
from resources.intake import reasons
from resources.intake.models import DroppedFile, State, Task
from resources.intake.models.dropped_file import DroppedFileQuerySet
from resources.intake.publishing import publish_or_submit
from resources.intake.settling import prepare, settle
from search.indexing import outbox

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
"""A process says at least so often that it is alive, or others may begin. The reading of one file takes less."""
MOST_ATTEMPTS = 3
PAUSE = timedelta(seconds=10)
"""After an attempt that failed; twice as long after the next."""
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
    return DroppedFile.objects.waiting().filter(lease_until__gte=timezone.now()).exists()


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
    while True:
        due = DroppedFile.objects.due().filter(task__in=tasks)
        if batch is not None:
            due = due.filter(batch_id=batch)
        first = due.select_related("batch", "task_by").first()
        if first is None:
            return None
        mine = DroppedFile.objects.due().filter(pk=first.pk, attempts=first.attempts, task=first.task)
        if first.attempts >= MOST_ATTEMPTS:
            # Nobody was left to say so: each time the system ended the process, or the machine stood still.
            if mine.update(task=Task.NOTHING, lease_until=None, reason=reasons.GIVEN_UP, state=_without_draft(first)):
                logger.error("Dropped file %s was given up after %s attempts.", first.pk, first.attempts)
            continue
        if mine.update(attempts=first.attempts + 1, lease_until=timezone.now() + LEASE):
            first.attempts += 1
            return first


def _without_draft(dropped: DroppedFile) -> str:
    return State.DRAFTED if dropped.page_id else State.FAILED


def own(dropped: DroppedFile) -> DroppedFileQuerySet:
    """The row, as long as it is this process's: another one that took it over counted an attempt more."""
    return DroppedFile.objects.filter(pk=dropped.pk, task=dropped.task, attempts=dropped.attempts)


def _settling(dropped: DroppedFile, outcome: Outcome) -> Callable[[DroppedFile], None]:
    prepared = prepare(dropped, outcome)
    return lambda own_file: settle(own_file, prepared)


def _guarded(dropped: DroppedFile, begin: Callable[[], Callable[[DroppedFile], None]]) -> None:
    """Do a task: `begin` what needs no transaction, then the rest in one. One that fails is tried again later."""
    try:
        work = begin()
        with transaction.atomic():
            # Written first: whoever else writes this row waits, or finds that it isn't his any more.
            if not own(dropped).update(lease_until=timezone.now() + LEASE):
                return
            work(dropped)
    except Exception:
        logger.exception("The task ‘%s’ of dropped file %s failed.", dropped.task, dropped.pk)
        last = dropped.attempts >= MOST_ATTEMPTS
        changes = {"due": timezone.now() + PAUSE * 2 ** (dropped.attempts - 1), "lease_until": None}
        if last:
            changes |= {"task": Task.NOTHING, "reason": reasons.REFUSED, "state": _without_draft(dropped)}
        own(dropped).update(**changes)


def _prolong(held: list[DroppedFile]) -> None:
    for dropped in held:
        own(dropped).update(lease_until=timezone.now() + LEASE)


def _path(dropped: DroppedFile) -> Path:
    return Path(dropped.file.path)
