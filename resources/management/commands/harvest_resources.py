"""`manage.py harvest_resources`: works of another repository, by OAI-PMH."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.importing import bibliographic
from resources.importing.apply import import_sheet
from resources.importing.harvest import Harvester, HarvestError, HarvestRequest
from resources.importing.sheet import Sheet, SheetRow
from search.languages import LANGUAGE_CODES


class Command(BaseCommand):
    help = (
        "Put the works of another repository into the library, by OAI-PMH in Dublin Core. Records that came before are "
        "brought up to date, and those that the repository deleted are unpublished. The exit status is 0 only if every "
        "record went in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", metavar="ADDRESS", help="where the repository answers OAI-PMH")
        parser.add_argument("--set", default="", help="only the records of this set")
        parser.add_argument("--list-sets", action="store_true", help="only say which sets there are")
        parser.add_argument("--from", dest="since", default="", metavar="DATE", help="only what changed since then")
        parser.add_argument("--until", default="", metavar="DATE", help="only what changed until then")
        parser.add_argument(
            "--language", default="en", choices=LANGUAGE_CODES, help="the language of records that say none"
        )
        parser.add_argument("--publish", action="store_true", help="publish at once; otherwise records become drafts")
        parser.add_argument("--dry-run", action="store_true", help="only report what would be done")
        parser.add_argument("--report", metavar="FILE.json", type=Path, help="write the report for programs, too")

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
            rows = self._rows(harvester, told=options["verbosity"] > 1)
            # Nothing is written before the last part is there.
            report = import_sheet(
                Sheet(bibliographic.COLUMNS, rows, source=request.source),
                publish=options["publish"],
                dry_run=options["dry_run"],
            )
        except HarvestError as error:
            raise CommandError(str(error)) from error
        for line in report.lines():
            self.stdout.write(line)
        self.stdout.write(f"It took {time.monotonic() - started:.1f} s.")
        if options["report"]:
            told = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
            options["report"].write_text(told + "\n", encoding="utf-8")
        if not report.complete:
            sys.exit(1)

    def _rows(self, harvester: Harvester, *, told: bool) -> Iterator[SheetRow]:
        records = 0
        for page in harvester.pages():
            yield from page.rows
            records += len(page.rows)
            if told:
                self.stdout.write(f"{records} records", ending="\r")
                self.stdout.flush()
