from __future__ import annotations

import gc
import logging
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from search.engines import engines
from search.engines.base import SearchEngine
from search.errors import IndexBroken, IndexMissing, IndexOutdated, IndexUnavailable, SearchError
from search.indexing import worker
from search.indexing.upgrade import rebuild_unfit
from search.signals import worker_round

logger = logging.getLogger(__name__)

LOOK_SECONDS = 10.0
"""How often the worker looks whether an index is there and fit, though nothing is due."""


class Command(BaseCommand):
    help = "Index changes as they come, until told to stop (SIGTERM or Ctrl+C). A lost index is rebuilt."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._next_look: dict[str, float] = {}

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Work off what is due and stop.")
        parser.add_argument("--pause", type=float, default=1.0, help="Seconds to wait when nothing is due.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._round()
            return
        stop = threading.Event()

        def on_signal(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, on_signal)
        # What is loaded by now stays: the collector need not walk through it again and again.
        gc.collect()
        gc.freeze()
        self.stdout.write("Waiting for changes to index.")
        failures = 0
        while not stop.is_set():
            failures = 0 if self._round() else failures + 1
            stop.wait(options["pause"] * min(2**failures, 60))
        self.stdout.write("Stopped.")

    def _round(self) -> bool:
        """Index what is due; whether that went well."""
        close_old_connections()
        # Who tells of works must not tell of one that was just withdrawn; and what it changes is to be found.
        before = self._work_off_all()
        for receiver, error in worker_round.send_robust(sender=type(self)):
            if isinstance(error, Exception):
                logger.error("Regular work failed: %s", receiver, exc_info=error)
        return self._work_off_all() and before

    def _work_off_all(self) -> bool:
        # Each index by itself: that one can't be written is no reason for the others to fall behind.
        outcomes = [self._work_off(engine) for engine in engines()]
        return all(outcomes)

    def _work_off(self, engine: SearchEngine) -> bool:
        try:
            if time.monotonic() >= self._next_look.get(engine.name, 0.0):
                self._next_look[engine.name] = time.monotonic() + LOOK_SECONDS
                if rebuilt := rebuild_unfit(engine):
                    self.stdout.write(f"{engine.name}: rebuilt, {rebuilt.works} works in {rebuilt.seconds:.1f} s.")
            done = worker.drain_into(engine)
        except (IndexMissing, IndexOutdated, IndexBroken) as error:
            logger.warning("%s: %s It will be rebuilt.", engine.name, error)
            self._next_look.pop(engine.name, None)
            return False
        except IndexUnavailable as error:
            logger.warning("%s: changes could not be indexed; trying again. %s", engine.name, error)
            return False
        except (SearchError, DatabaseError):
            logger.exception("%s: changes could not be indexed; trying again.", engine.name)
            return False
        if done.written or done.deleted or done.failed:
            self.stdout.write(
                f"{engine.name}: {done.written} works written, {done.deleted} taken out, {done.failed} failed."
            )
        return True
