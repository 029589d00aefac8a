"""`manage.py extract_text FILE…`: what the portal would read from a file. It needs no database."""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, OutputWrapper

from resources.extraction import ExtractedText, ExtractionFailure, jobs, noting, recognition
from resources.extraction.cleaning import clean
from resources.extraction.reading import FileToRead, Reading, read_files


class Command(BaseCommand):
    """Prints one JSON object a line, in the order of the files. The exit status is 0 if all could be read, else 1."""

    help = "Show what the portal would read from files: one JSON object a line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--text", action="store_true", help="add the text, by page or by cue")

    def handle(self, *args: Any, files: list[str], text: bool, **options: Any) -> None:
        all_read = True
        readings = read_files((FileToRead(Path(name)) for name in files), jobs.limits())
        for name, found in zip(files, readings, strict=True):
            reading = with_recognition(Path(name), found)
            report = describe(name, reading, with_text=text)
            all_read = all_read and report["status"] == "extracted"
            self.stdout.write(json.dumps(report, ensure_ascii=not _writes_unicode(self.stdout)))
            self.stdout.flush()
        if not all_read:
            raise SystemExit(1)


def with_recognition(path: Path, reading: Reading) -> Reading:
    """Recognise the text of a file that has none but pictures, where Tesseract is installed: as many pages as can be
    read in twice the time that reading may take. Any other reading stays as it is.
    """
    outcome = reading.outcome
    scanned = outcome.known.scanned if isinstance(outcome, ExtractionFailure) else ()
    if not scanned or recognition.program() is None:
        return reading
    start = time.monotonic()
    pages = recognition.recognise(
        path,
        scanned[: settings.OCR_PAGES],
        "",
        seconds=min(settings.OCR_SECONDS, 2 * settings.EXTRACTION_SECONDS),
        memory_mb=settings.OCR_MEMORY_MB,
        limits=jobs.limits(),
    )
    texts = {page.page: page.text for page in pages}
    return Reading(noting.with_texts(outcome, texts), reading.seconds + time.monotonic() - start)


def describe(name: str, reading: Reading, *, with_text: bool) -> dict[str, Any]:
    """Return what is told of a file: `text` is a list with one item a page, blank pages included, or one a cue."""
    outcome, language = clean(reading.outcome)
    failure = outcome if isinstance(outcome, ExtractionFailure) else None
    found = outcome.known if isinstance(outcome, ExtractionFailure) else outcome
    report: dict[str, Any] = {
        # A name that isn't Unicode is told as well as it can be.
        "file": os.fsencode(name).decode("utf-8", "replace"),
        "status": "failed" if failure else "extracted",
        "reason": failure.reason.value if failure else None,
        "language": language or None,
        "pages": found.pages,
        "characters": 0 if failure else found.characters,
        "seconds": round(reading.seconds, 3),
    }
    if with_text:
        report["text"] = [] if failure else _texts(found)
    return report


def _texts(found: ExtractedText) -> list[str]:
    if found.pages is None:
        return [passage.text for passage in found.passages]
    by_page = {passage.page: passage.text for passage in found.passages}
    return [by_page.get(page, "") for page in range(1, found.pages + 1)]


def _writes_unicode(out: OutputWrapper) -> bool:
    encoding = getattr(out, "encoding", None) or "utf-8"
    return str(encoding).lower().replace("-", "") == "utf8"
