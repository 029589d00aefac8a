"""Asks a child process, so that no PDF can hang or fill the process that exports."""

from __future__ import annotations

import json
import logging
import os
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from resources.extraction.confined import ConfinedProcess, ProcessDied
from resources.extraction.types import FailureReason
from resources.packs.exporting.cutting.limits import CuttingLimits

MODULE = "resources.packs.exporting.cutting.child"

logger = logging.getLogger(__name__)


class Cutter:
    """Opens and cuts PDFs. A context manager: the child is started when it is first needed; at the end it is ended, and
    what was cut goes.
    """

    def __init__(self, limits: CuttingLimits | None = None) -> None:
        self._limits = limits or CuttingLimits()
        self._process: ConfinedProcess | None = None
        self._stack = ExitStack()
        self._cut = 0

    def __enter__(self) -> Self:
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="lumbung-cut-")))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self._stack.close()

    def unreadable(self, path: Path, *, was_read: bool) -> FailureReason | None:
        """Why a PDF can't be opened, None if it can; see `cutting.pages`. Raises nothing for any file."""
        answer = self._ask({"path": os.fspath(path.resolve()), "was_read": was_read})
        return FailureReason(answer["reason"]) if answer["reason"] else None

    def cut(self, path: Path, first: int, last: int) -> Path | None:
        """Pages `first` to `last` as a PDF, which is there as long as the cutter is; None if that can't be made. Raises
        nothing for any file.
        """
        self._cut += 1
        target = self._folder / f"{self._cut}.pdf"
        answer = self._ask(
            {"path": os.fspath(path.resolve()), "first": first, "last": last, "target": os.fspath(target)}
        )
        if answer.get("cut"):
            return target
        target.unlink(missing_ok=True)
        return None

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        if self._process is None:
            self._process = ConfinedProcess(MODULE, json.dumps(asdict(self._limits)))
        try:
            self._process.wait_until_ready()
            self._process.ask(request)
            answer: dict[str, Any] = self._process.answer(time.monotonic() + self._limits.seconds)
        except ProcessDied as death:
            logger.warning("Cutting a PDF ended: %s. %s", death.reason, self._process.last_words())
            self._end()
            return {"reason": death.reason}
        return answer

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None
