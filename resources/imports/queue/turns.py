"""Turns: a worker takes the run that is due first, works on it for some seconds, and puts it back.

What a step does and the note that it is done are one transaction: a worker that is killed leaves a run as it was after
some step, and a lease that runs out.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from resources.imports.models import LEASES, Run, RunStatus

logger = logging.getLogger(__name__)

TURN_SECONDS = 5.0
"""After so long others have their turn, and what was written is indexed."""
_MOST_ROW_BY_ROW = 2 * LEASES.most_attempts
"""Of a run that goes in row by row: the row that takes its worker down is given up first."""


class TakenAway(Exception):
    """Another worker has this run now, or nobody wants it any more."""


@dataclass
class Turn:
    """A run in the hands of this worker, until its time is over."""

    run: Run
    until: float

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def steps(self) -> Iterator[None]:
        """Once, and again until the time is over: where a machine is slow, each turn does something too."""
        yield
        while not self.is_over:
            yield

    @contextmanager
    def step(self) -> Iterator[None]:
        """One piece of work and the note of it, both or neither. Raises TakenAway."""
        with transaction.atomic():
            self.go_on()
            yield

    def go_on(self, **changes: Any) -> None:
        """Prolong the lease, to `lease_until` if it is among the `changes` of the run to note. Raises TakenAway."""
        changes = {"lease_until": timezone.now() + LEASES.length, **changes}
        if not LEASES.own(self.run).update(**changes):
            raise TakenAway
        for name, value in changes.items():
            setattr(self.run, name, value)

    def becomes(self, status: RunStatus, **changes: Any) -> None:
        """Note that the run goes on to something else, and is nobody's. Raises TakenAway."""
        self.go_on(attempts=0, **changes)
        over = {"finished": timezone.now()} if status in (RunStatus.DONE, RunStatus.UNDONE, RunStatus.FAILED) else {}
        Run.objects.filter(pk=self.run.pk).update(status=status, lease_until=None, due=timezone.now(), **over)
        self.run.status = status


def work() -> bool:
    """Give the run that is due first a turn; whether there was one. Raises nothing for one that fails."""
    from resources.imports.queue import checking, harvesting, running, undoing

    doing: dict[str, Callable[[Turn], None]] = {
        RunStatus.HARVESTING: harvesting.harvest,
        RunStatus.CHECKING: checking.check,
        RunStatus.RUNNING: running.go_on,
        RunStatus.UNDOING: undoing.undo,
    }
    run = LEASES.take(Run.objects.due(), due=timezone.now())
    if run is None:
        return False
    user = run.user
    turn = Turn(run, time.monotonic() + TURN_SECONDS)
    try:
        with translation.override(run.language):
            if user is None or not user.is_active:
                turn.becomes(RunStatus.FAILED, reason=_("Whoever started this import no longer has an account."))
            elif run.attempts > (_MOST_ROW_BY_ROW if run.status == RunStatus.RUNNING else LEASES.most_attempts):
                # Nothing was raised: whoever worked on it was killed, for the memory that it took perhaps.
                logger.error("Import %s takes its worker down.", run.pk)
                turn.becomes(RunStatus.FAILED, reason=_("The portal failed on this import."))
            else:
                doing[run.status](turn)
    except TakenAway:
        logger.info("Import %s was given up.", run.pk)
    except Exception as error:
        logger.exception("Import %s could not go on.", run.pk)
        _failed(run, error)
    else:
        LEASES.put_back(run, attempts=0, due=timezone.now())
    return True


def _failed(run: Run, error: Exception) -> None:
    reason = f"{type(error).__name__}: {error}"[:500]
    if run.attempts < LEASES.most_attempts:
        LEASES.put_back(run, due=LEASES.after_failure(run), reason=reason)
    else:
        LEASES.put_back(run, status=RunStatus.FAILED, reason=reason, finished=timezone.now())


_running = threading.Lock()


def soon() -> None:
    """After the commit, work in a thread of this process where no worker may be running: on a machine of one's own."""
    if settings.IMPORTS_IN_THREAD:
        transaction.on_commit(lambda: threading.Thread(target=_work_off, name="imports", daemon=True).start())


def _work_off() -> None:
    if not _running.acquire(blocking=False):
        return
    try:
        while work():
            pass
    except Exception:
        logger.exception("Imports could not be worked on.")
    finally:
        _running.release()
        close_old_connections()
        connection.close()
