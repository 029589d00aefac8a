"""Pictures of pages of a PDF, drawn in a child process."""

from __future__ import annotations

import base64
import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from resources.extraction.confined import ConfinedProcess, ProcessDied
from resources.extraction.types import Limits

SECONDS_A_PAGE = 15.0


class Drawer:
    """Draws pages of one file in a child, which is started again after it has died. A context manager."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path = path.resolve()
        self._limits = limits
        self._process: ConfinedProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def draw(self, page: int, width: int, tallest: int, form: str = "WEBP") -> bytes | None:
        """Return a picture of a page (counted from 1), so many pixels wide or tall; None when it can't be drawn."""
        process = self._process
        if process is None:
            process = self._process = ConfinedProcess("resources.extraction.child", json.dumps(asdict(self._limits)))
        asked = {"path": os.fspath(self._path), "page": page, "width": width, "tallest": tallest, "form": form}
        try:
            process.wait_until_ready()
            process.ask(asked)
            picture = process.answer(time.monotonic() + min(self._limits.seconds, SECONDS_A_PAGE))["picture"]
        except ProcessDied:
            self._end()
            return None
        return base64.b64decode(picture) if picture else None

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None
