"""`manage.py import_resources`: a table of works into the library."""

from __future__ import annotations

import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from resources.importing.apply import import_table
from resources.importing.archive import BadArchive, unpack
from resources.importing.columns import COLUMNS
from resources.importing.errors import UnreadableTable
from resources.management.importing_command import ImportingCommand


class Command(ImportingCommand):
    help = (
        "Put a table of works (CSV or XLSX), or a bibliography (RIS or BibTeX), into the library. "
        "Rows whose id is there already are brought up to date. "
        f"Columns: {', '.join(COLUMNS)}. The exit status is 0 only if every row went in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "table", metavar="FILE", type=Path, help="a table (.csv or .xlsx) or a bibliography (.ris or .bib)"
        )
        parser.add_argument(
            "--files", metavar="DIR", type=Path, help="the folder, or the zip, with the files that rows name"
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path | None = options["files"]
        started = time.monotonic()
        try:
            with self._folder(folder) as unpacked, options["table"].open("rb") as table:
                report = import_table(
                    table,
                    folder=unpacked,
                    publish=options["publish"],
                    dry_run=options["dry_run"],
                    progress=self._progress if options["verbosity"] > 1 else lambda _done, _all: None,
                )
        except OSError as error:
            raise CommandError(f"{options['table']} can’t be read: {error.strerror or error}.") from error
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        self.write_report(report, started, options)

    @contextmanager
    def _folder(self, given: Path | None) -> Iterator[Path | None]:
        """The folder that was given, or one that the zip that was given is unpacked into. Raises CommandError."""
        if given is None or given.is_dir():
            yield given
            return
        if not given.is_file():
            raise CommandError(f"There is no folder {given}.")
        with tempfile.TemporaryDirectory(prefix="lumbung-") as folder:
            try:
                for name in unpack(given, Path(folder)):
                    self.stderr.write(f"Left aside of the zip: {name}")
            except BadArchive as error:
                raise CommandError(f"{given}: {error}") from error
            yield Path(folder)

    def _progress(self, done: int, every: int) -> None:
        self.write_progress(f"{done} of {every}")
