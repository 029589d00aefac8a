"""The process in which originals are read: `python -m resources.packs.exporting.originals.child LIMITS`.

It is asked for a document by `{"path", "first", "last", "target"}`, writes its pages as forms into the file `target`,
and answers `{"first": …, "pages": […]}` or `{"reason": …}`. LIMITS is JSON, with the fields of `OriginalLimits`.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from pypdf.errors import LimitReachedError

from resources.extraction.types import FailureReason
from resources.packs.exporting.answering import answer_all, complain
from resources.packs.exporting.originals.forms import write_forms
from resources.packs.exporting.originals.types import CannotPrint, OriginalLimits, Wanted


def answer(limits: OriginalLimits, request: dict[str, Any]) -> dict[str, Any]:
    """What was written, or why nothing was. Raises nothing for any document."""
    wanted = Wanted(Path(request["path"]), request["first"], request["last"])
    try:
        with Path(request["target"]).open("wb") as file:
            first, pages = write_forms(wanted, file, limits)
        return {"first": first, "pages": [asdict(page) for page in pages]}
    except CannotPrint as problem:
        return {"reason": problem.reason}
    except (LimitReachedError, MemoryError):
        # pypdf's limits are on what a small file unpacks to.
        return {"reason": FailureReason.TOO_MUCH_MEMORY}
    except FileNotFoundError as error:
        complain(error)
        return {"reason": FailureReason.MISSING}
    except Exception as error:  # noqa: BLE001 - whatever a library makes of hostile bytes is one file's failure
        complain(error)
        return {"reason": FailureReason.DAMAGED}


if __name__ == "__main__":
    allowed = OriginalLimits(**json.loads(sys.argv[1]))
    answer_all(
        partial(answer, allowed), seconds=allowed.seconds, memory_mb=allowed.memory_mb, written_bytes=allowed.bytes
    )
