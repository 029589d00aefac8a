from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import get_engine
from search.errors import SearchError
from search.indexing import check, outbox, worker
from search.indexing.rebuild import rebuild


class Command(BaseCommand):
    help = "Index what has changed and say how search stands; or rebuild, check or repair the index."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--rebuild", action="store_true", help="Make the index anew; search answers meanwhile.")
        what.add_argument(
            "--check", action="store_true", help="Name every difference to the database; exit with 1 if any."
        )
        what.add_argument("--repair", action="store_true", help="Name every difference and mend it.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["rebuild"]:
                self._rebuild(verbose=options["verbosity"] > 1)
            elif options["check"] or options["repair"]:
                self._compare(mend=options["repair"])
            else:
                self._drain()
        except SearchError as error:
            raise CommandError(str(error)) from error

    def _rebuild(self, *, verbose: bool) -> None:
        done = rebuild((lambda works: self.stdout.write(f"{works} works")) if verbose else None)
        self.stdout.write(f"Indexed {done.works} works in {done.seconds:.1f} s.")
        if done.failed:
            raise CommandError(f"{done.failed} works could not be read; the log says why.")

    def _compare(self, *, mend: bool) -> None:
        found = list(check.differences())
        for difference in found:
            waiting = " (waiting in the outbox)" if difference.waiting else ""
            self.stdout.write(f"{difference.kind}: {difference.work} {difference.title}".rstrip() + waiting)
        if not found:
            self.stdout.write("The index holds what the database says.")
        elif mend:
            done = check.repair(found)
            self.stdout.write(f"Mended: {done.written} works written, {done.deleted} taken out, {done.failed} failed.")
            if done.failed:
                raise CommandError("Some works could not be indexed; the log says why.")
        else:
            raise CommandError(f"{len(found)} differences. Mend them with: manage.py search_index --repair")

    def _drain(self) -> None:
        worker.make_first_index(get_engine())
        done = worker.drain()
        queue, engine = outbox.health(), get_engine().health()
        self.stdout.write(f"{done.written} works written, {done.deleted} taken out, {done.failed} failed.")
        self.stdout.write(f"Engine {engine.engine}: {engine.state}, {engine.works} works. Waiting: {queue.waiting}.")
        if engine.message:
            raise CommandError(engine.message)
