"""`manage.py harvest_resources`: works of another repository, by OAI-PMH."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError

from resources.importing import bibliographic
from resources.importing.apply import import_sheet
from resources.importing.harvest import Harvester, HarvestError, HarvestRequest
from resources.importing.sheet import Sheet, SheetRow
from resources.management.importing_command import ImportingCommand
from resources.models import ResourcePage
from search.languages import LANGUAGE_CODES


class Command(ImportingCommand):
    rows = "records"
    help = (
        "Put the works of another repository into the library, by OAI-PMH in Dublin Core. Records that came before are "
        "brought up to date, and those that the repository deleted are unpublished. The exit status is 0 only if every "
        "record went in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", metavar="ADDRESS", help="where the repository answers OAI-PMH")
        parser.add_argument("--set", default="", help="only the records of this set")
        parser.add_argument(
            "--moved-from", default="", metavar="HOST", help="the works that came from this host are this repository's"
        )
        parser.add_argument("--list-sets", action="store_true", help="only say which sets there are")
        parser.add_argument("--from", dest="since", default="", metavar="DATE", help="only what changed since then")
        parser.add_argument("--until", default="", metavar="DATE", help="only what changed until then")
        parser.add_argument(
            "--language", default="en", choices=LANGUAGE_CODES, help="the language of records that say none"
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        request = HarvestRequest(
            options["address"], options["set"], options["since"], options["until"], options["language"]
        )
        try:
            harvester = Harvester(request)
            if options["list_sets"]:
                for spec, name in harvester.sets():
                    self.stdout.write(f"{spec}\t{name}")
                return
            if options["moved_from"] and not options["dry_run"]:
                ResourcePage.objects.filter(import_source=options["moved_from"]).update(import_source=request.source)
            rows = self._rows(harvester, told=options["verbosity"] > 1)
            # Nothing is written before the last part is there.
            report = import_sheet(
                Sheet(bibliographic.COLUMNS, rows, source=request.source),
                publish=options["publish"],
                dry_run=options["dry_run"],
            )
        except HarvestError as error:
            raise CommandError(str(error)) from error
        self.write_report(report, started, options)

    def _rows(self, harvester: Harvester, *, told: bool) -> Iterator[SheetRow]:
        records = 0
        for page in harvester.pages():
            yield from page.rows
            records += len(page.rows)
            if told:
                self.write_progress(str(records))
