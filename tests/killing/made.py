"""Files and tables to lose."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.resources.extraction.typeset import pdf


def report(number: int) -> bytes:
    """A PDF of two pages that differs from the others."""
    return pdf(f"Report {number} says who pays for old age.", f"Appendix {number} lists the offices of the fund.")


def captions(number: int) -> bytes:
    return f"WEBVTT\n\n00:00.000 --> 00:02.000\nFilm {number} shows an office of the fund.\n".encode()


def table(folder: Path, rows: int, *, files: int = 0) -> Path:
    """A table of works, the first `files` of which name a file beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "works.csv"
    with path.open("w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["id", "type", "language", "title", "summary", "countries", "file"])
        for number in range(rows):
            name = f"captions-{number}.vtt" if number < files else ""
            if name:
                (folder / name).write_bytes(captions(number))
            writer.writerow([f"w{number}", "fact-sheet", "en", f"Work {number}", "In short.", "LA;TH", name])
    return path
