"""The process in which pages are cut: `python -m resources.packs.exporting.cutting.child LIMITS`.

First it says `{"ready": true}`. Then it takes a line a question and answers each with a line: `{"path", "was_read"}`
with `{"reason": … | null}`, `{"path", "first", "last", "target"}` with `{"cut": …}`. LIMITS is JSON, with the fields of
`CuttingLimits`.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from resources.extraction.confinement import allow_seconds, confine
from resources.extraction.types import FailureReason
from resources.packs.exporting.cutting.limits import CuttingLimits
from resources.packs.exporting.cutting.pages import cut, unreadable


def main(limits: CuttingLimits, requests: BinaryIO, answers: BinaryIO) -> None:
    """Say that all is ready, then answer questions until there are no more."""
    _answer(answers, {"ready": True})
    for line in requests:
        request = json.loads(line)
        allow_seconds(limits.seconds)
        try:
            _answer(answers, _done(request))
        except MemoryError:
            _answer(answers, {"reason": FailureReason.TOO_MUCH_MEMORY, "cut": False})
        except Exception as error:  # noqa: BLE001 - whatever a library makes of hostile bytes is one file's failure
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            _answer(answers, {"reason": FailureReason.DAMAGED, "cut": False})


def _done(request: dict[str, Any]) -> dict[str, Any]:
    path = Path(request["path"])
    if "target" in request:
        return {"cut": cut(path, request["first"], request["last"], Path(request["target"]))}
    return {"reason": unreadable(path, was_read=request["was_read"])}


def _answer(answers: BinaryIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value).encode("ascii") + b"\n")
    answers.flush()


if __name__ == "__main__":
    # Answers have a way of their own: what a library prints goes with the errors.
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    logging.getLogger("pypdf").disabled = True
    allowed = CuttingLimits(**json.loads(sys.argv[1]))
    confine(allowed.memory_mb, allowed.bytes)
    main(allowed, sys.stdin.buffer, own)
