"""The process in which files are read: `python -m resources.extraction.child LIMITS`.

Nothing of Django is loaded here. First it says `{"ready": true}`. Then it takes a line a file,
`{"path", "name"}`, and answers each with a line `{"outcome": …}` and a line `{"thumbnail": base64 | null}`, so that a
page that cannot be drawn costs no text. A line `{"path", "page", "width", "tallest", "form"}` it answers with a line
`{"picture": base64 | null}`. LIMITS is JSON, with the fields of `Limits`.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from resources.extraction.confinement import allow_seconds, confine, start_no_processes
from resources.extraction.registry import picture_of, read_file
from resources.extraction.types import ExtractedText, ExtractionFailure, FailureReason, Limits, Outcome

NICENESS = 10
"""Whoever waits for a page comes first: a pile of files may keep all processors busy for minutes."""


def main(limits: Limits, requests: BinaryIO, answers: BinaryIO) -> None:
    """Say that all is ready, then answer requests until there are no more."""
    _answer(answers, {"ready": True})
    for line in requests:
        request = json.loads(line)
        path = Path(request["path"])
        allow_seconds(limits.seconds)
        if "page" in request:
            _answer(answers, {"picture": _page(path, request)})
            continue
        outcome = _outcome(path, request["name"], limits)
        _answer(answers, {"outcome": encode(outcome)})
        known = outcome.known if isinstance(outcome, ExtractionFailure) else outcome
        _answer(answers, {"thumbnail": _thumbnail(path, known)})


def encode(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome in JSON's types."""
    if isinstance(outcome, ExtractionFailure):
        return {"reason": outcome.reason, "known": encode(outcome.known)}
    return asdict(outcome) | {"thumbnail": None}


def _outcome(path: Path, name: str, limits: Limits) -> Outcome:
    try:
        return read_file(path, name, limits)
    except MemoryError:
        return ExtractionFailure(FailureReason.TOO_MUCH_MEMORY)
    except OSError as error:
        _complain(error)
        # Libraries raise it too, for places in a file that aren't there.
        return ExtractionFailure(FailureReason.DAMAGED if os.access(path, os.R_OK) else FailureReason.MISSING)
    except Exception as error:  # noqa: BLE001 - whatever a library makes of hostile bytes is one file's failure
        _complain(error)
        return ExtractionFailure(FailureReason.DAMAGED)


def _thumbnail(path: Path, known: ExtractedText) -> str | None:
    if not known.pages:
        return None
    try:
        picture = picture_of(path, known.content_type)
    except Exception as error:  # noqa: BLE001 - as above; MemoryError is one of them
        _complain(error)
        return None
    return base64.b64encode(picture).decode("ascii") if picture else None


def _page(path: Path, request: dict[str, Any]) -> str | None:
    from resources.extraction.thumbnails import page_picture

    try:
        picture = page_picture(path, request["page"], request["width"], request["tallest"], request["form"])
    except Exception as error:  # noqa: BLE001 - as above
        _complain(error)
        return None
    return base64.b64encode(picture).decode("ascii") if picture else None


def _complain(error: Exception) -> None:
    sys.stderr.write(f"{type(error).__name__}: {error}\n")


def _answer(answers: BinaryIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    answers.flush()


if __name__ == "__main__":
    # Answers have a way of their own: what a library prints goes with the errors.
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    allowed = Limits(**json.loads(sys.argv[1]))
    confine(allowed.memory_mb)
    start_no_processes()
    os.nice(NICENESS)
    main(allowed, sys.stdin.buffer, own)
