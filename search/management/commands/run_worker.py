from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from search.errors import IndexBroken, IndexMissing, IndexOutdated, SearchError
from search.indexing import worker
from search.indexing.rebuild import rebuild
from search.signals import worker_round

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Index changes as they come, until told to stop (SIGTERM or Ctrl+C). A lost index is rebuilt."

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
        self.stdout.write("Waiting for changes to index.")
        failures = 0
        while not stop.is_set():
            failures = 0 if self._round() else failures + 1
            stop.wait(options["pause"] * min(2**failures, 60))
        self.stdout.write("Stopped.")

    def _round(self) -> bool:
        """Index what is due; whether that went well."""
        close_old_connections()
        for receiver, error in worker_round.send_robust(sender=type(self)):
            if isinstance(error, Exception):
                logger.error("Regular work failed: %s", receiver, exc_info=error)
        try:
            try:
                done = worker.drain()
            except (IndexMissing, IndexOutdated, IndexBroken) as error:
                logger.warning("%s Doing it now.", error)
                rebuilt = rebuild()
                self.stdout.write(f"Rebuilt the index: {rebuilt.works} works in {rebuilt.seconds:.1f} s.")
                return True
        except (SearchError, DatabaseError):
            logger.exception("Changes could not be indexed; trying again.")
            return False
        if done.written or done.deleted or done.failed:
            self.stdout.write(f"{done.written} works written, {done.deleted} taken out, {done.failed} failed.")
        return True
