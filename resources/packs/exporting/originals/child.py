"""The process in which originals are read: `python -m resources.packs.exporting.originals.child LIMITS`.

Nothing of Django is loaded here. First it says `{"ready": true}`. Then it takes a line a document,
`{"path", "first", "last", "target"}`, writes its pages as forms into the file `target`, and answers with a line
`{"first": …, "pages": […]}` or `{"reason": …}`. LIMITS is JSON, with the fields of `OriginalLimits`.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from pypdf.errors import LimitReachedError

from resources.extraction.confinement import allow_seconds, confine
from resources.extraction.types import FailureReason
from resources.packs.exporting.originals.forms import write_forms
from resources.packs.exporting.originals.types import CannotPrint, OriginalLimits, Wanted


def main(limits: OriginalLimits, requests: BinaryIO, answers: BinaryIO) -> None:
    """Say that all is ready, then answer requests until there are no more."""
    _answer(answers, {"ready": True})
    for line in requests:
        request = json.loads(line)
        allow_seconds(limits.seconds)
        wanted = Wanted(Path(request["path"]), request["first"], request["last"])
        _answer(answers, _forms(wanted, Path(request["target"]), limits))


def _forms(wanted: Wanted, target: Path, limits: OriginalLimits) -> dict[str, Any]:
    try:
        with target.open("wb") as file:
            first, pages = write_forms(wanted, file, limits)
        return {"first": first, "pages": [asdict(page) for page in pages]}
    except CannotPrint as problem:
        return {"reason": problem.reason}
    except LimitReachedError:
        return {"reason": FailureReason.TOO_LARGE}
    except MemoryError:
        return {"reason": FailureReason.TOO_MUCH_MEMORY}
    except FileNotFoundError as error:
        _complain(error)
        return {"reason": FailureReason.MISSING}
    except Exception as error:  # noqa: BLE001 - whatever a library makes of hostile bytes is one file's failure
        _complain(error)
        return {"reason": FailureReason.DAMAGED}


def _complain(error: Exception) -> None:
    sys.stderr.write(f"{type(error).__name__}: {error}\n")


def _answer(answers: BinaryIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value).encode("ascii") + b"\n")
    answers.flush()


if __name__ == "__main__":
    # Answers have a way of their own: what a library prints goes with the errors.
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    logging.getLogger("pypdf").disabled = True
    allowed = OriginalLimits(**json.loads(sys.argv[1]))
    confine(allowed.memory_mb, allowed.bytes)
    main(allowed, sys.stdin.buffer, own)
