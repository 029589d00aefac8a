"""What the commands have in common that put rows into the library."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from resources.importing.report import ImportReport


class ImportingCommand(BaseCommand):
    """One that publishes if it is told so, or does nothing yet, and reports to people and to programs."""

    rows = "rows"
    """What they are called."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--publish", action="store_true", help=f"publish at once; otherwise {self.rows} become drafts"
        )
        parser.add_argument("--dry-run", action="store_true", help="only report what would be done")
        parser.add_argument("--report", metavar="FILE.json", type=Path, help="write the report for programs, too")

    def write_report(self, report: ImportReport, started: float, options: dict[str, Any]) -> None:
        """Say what became of the rows; the exit status is 1 if some stayed out. `started` is a time of `monotonic`."""
        for line in report.lines():
            self.stdout.write(line)
        self.stdout.write(f"It took {time.monotonic() - started:.1f} s.")
        if options["report"]:
            told = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
            options["report"].write_text(told + "\n", encoding="utf-8")
        if not report.complete:
            sys.exit(1)

    def write_progress(self, done: str) -> None:
        self.stdout.write(f"{done} {self.rows}", ending="\r")
        self.stdout.flush()
