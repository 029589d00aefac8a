from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import engines
from search.engines.base import SearchEngine
from search.errors import SearchError
from search.indexing import check, worker
from search.indexing.rebuild import rebuild
from search.models import OutboxEntry


class Command(BaseCommand):
    help = "Index what has changed and say how search stands; or rebuild, check or repair the index."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--rebuild", action="store_true", help="Build a new index beside the old one; search answers meanwhile."
        )
        what.add_argument(
            "--check", action="store_true", help="Name every difference from the database; exit with 1 if any."
        )
        what.add_argument("--repair", action="store_true", help="Name every difference and correct it.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self._each_index(partial(self._rebuild, verbose=options["verbosity"] > 1))
        elif options["check"] or options["repair"]:
            self._each_index(partial(self._compare, repair=options["repair"]))
        else:
            self._each_index(self._drain)

    def _each_index(self, do: Callable[[SearchEngine], None]) -> None:
        """Do it with every index that is kept, also when one of them fails; raises `CommandError` if any did."""
        failures: list[str] = []
        for engine in engines():
            try:
                do(engine)
            except (SearchError, CommandError) as error:
                failures.append(f"{engine.name}: {error}")
        if failures:
            raise CommandError("\n".join(failures))

    def _rebuild(self, engine: SearchEngine, *, verbose: bool) -> None:
        done = rebuild((lambda works: self.stdout.write(f"{works} works")) if verbose else None, engine=engine)
        self.stdout.write(f"{engine.name}: indexed {done.works} works in {done.seconds:.1f} s.")
        if done.failed:
            raise CommandError(f"{done.failed} works could not be read; the log says why.")

    def _compare(self, engine: SearchEngine, *, repair: bool) -> None:
        found = list(check.differences(engine))
        for difference in found:
            waiting = " (waiting in the outbox)" if difference.waiting else ""
            line = f"{engine.name}: {difference.kind}: {difference.work} {difference.title}"
            self.stdout.write(line.rstrip() + waiting)
        if not found:
            self.stdout.write(f"{engine.name}: the index holds what the database says.")
        elif repair:
            done = check.repair(found, engine)
            self.stdout.write(
                f"{engine.name}: repaired, {done.written} works written, {done.deleted} removed, {done.failed} failed."
            )
            if done.failed:
                raise CommandError("Some works could not be indexed; the log says why.")
        else:
            raise CommandError(f"{len(found)} differences. Repair them with: manage.py search_index --repair")

    def _drain(self, engine: SearchEngine) -> None:
        worker.make_first_index(engine)
        done = worker.drain_into(engine)
        health = engine.health()
        waiting = OutboxEntry.objects.of(engine.name).pending().count()
        self.stdout.write(
            f"{engine.name}: {done.written} works written, {done.deleted} taken out, {done.failed} failed. "
            f"The index is {health.state}, with {health.works} works; {waiting} wait."
        )
        if health.message:
            raise CommandError(health.message)
