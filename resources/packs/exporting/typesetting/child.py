"""The process in which Typst runs: `python -m resources.packs.exporting.typesetting.child LIMITS`.

It is asked for a PDF by `{"source", "fonts", "target", "timestamp"}`, writes it into the file `target`, and answers
`{"error": … | null}`. LIMITS is JSON, with the fields of `TypesettingLimits`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import typst

from resources.packs.exporting.answering import answer_all, complain
from resources.packs.exporting.typesetting.limits import TypesettingLimits


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """What is wrong with the source, if anything is."""
    try:
        _compile(Path(request["source"]), request["fonts"], Path(request["target"]), request["timestamp"])
    except (typst.TypstError, OSError) as error:
        complain(error)
        return {"error": f"{type(error).__name__}: {error}"}
    return {"error": None}


def _compile(source: Path, fonts: str, target: Path, timestamp: int) -> None:
    folder = source.parent
    # Nothing but `folder` can be read from within, and nothing is fetched: the template names no package.
    compiler = typst.Compiler(
        input=source,
        root=folder,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
        ignore_system_fonts=True,
        package_path=folder / "packages",
        package_cache_path=folder / "packages",
    )
    # Pages of documents have no structure to tell of; one that covers half of the pages would mislead.
    pdf = compiler.compile(format="pdf", timestamp=timestamp, pdf_tags=False)
    assert isinstance(pdf, bytes)
    target.write_bytes(pdf)


if __name__ == "__main__":
    allowed = TypesettingLimits(**json.loads(sys.argv[1]))
    # Typst works on all processors at once, and the system counts the time on each.
    seconds = allowed.seconds * (os.cpu_count() or 1)
    answer_all(answer, seconds=seconds, memory_mb=allowed.memory_mb, written_bytes=allowed.bytes)
