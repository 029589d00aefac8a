"""The process in which pages are cut: `python -m resources.packs.exporting.cutting.child LIMITS`.

It answers `{"path", "was_read"}` with `{"reason": … | null}`, `{"path", "first", "last", "target"}` with
`{"cut": …}`. LIMITS is JSON, with the fields of `CuttingLimits`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from resources.extraction.types import FailureReason
from resources.packs.exporting.answering import answer_all, complain
from resources.packs.exporting.cutting.limits import CuttingLimits
from resources.packs.exporting.cutting.pages import cut, unreadable


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """What is found or made. Raises nothing for any file."""
    try:
        return _done(request)
    except MemoryError:
        return {"reason": FailureReason.TOO_MUCH_MEMORY, "cut": False}
    except Exception as error:  # noqa: BLE001 - whatever a library makes of hostile bytes is one file's failure
        complain(error)
        return {"reason": FailureReason.DAMAGED, "cut": False}


def _done(request: dict[str, Any]) -> dict[str, Any]:
    path = Path(request["path"])
    if "target" in request:
        return {"cut": cut(path, request["first"], request["last"], Path(request["target"]))}
    return {"reason": unreadable(path, was_read=request["was_read"])}


if __name__ == "__main__":
    allowed = CuttingLimits(**json.loads(sys.argv[1]))
    answer_all(answer, seconds=allowed.seconds, memory_mb=allowed.memory_mb, written_bytes=allowed.bytes)
