"""Where a process is to end: before a line of its source, named by its text. Nothing in the portal knows of it.

A line that is no longer there fails the test that names it, instead of never being reached.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any


@dataclass(frozen=True)
class Point:
    """Before `line` of `module` runs for the `turn`th time, the process gets the signal `number`.

    `line` is how the line begins, without its indentation; no other line of the module may begin so. `whole_group`: all
    that the process belongs to gets the signal, such as a server with its workers.
    """

    module: str
    line: str
    turn: int = 1
    number: int = signal.SIGKILL
    whole_group: bool = False

    def __str__(self) -> str:
        return f"{self.module}: {self.line} ({self.turn})"

    def find(self) -> tuple[str, int]:
        """The path of the module's source and the line's number. Raises `LookupError` when there is no such line."""
        found = importlib.util.find_spec(self.module)
        if found is None or found.origin is None:
            raise LookupError(f"There is no module {self.module}.")
        lines = Path(found.origin).read_text(encoding="utf-8").splitlines()
        numbers = [number for number, text in enumerate(lines, 1) if text.strip().startswith(self.line)]
        if len(numbers) != 1:
            raise LookupError(f"{self.module} has {len(numbers)} lines that begin with: {self.line}")
        return found.origin, numbers[0]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def arm(points: Iterable[Point]) -> None:
    """From here on this process, in all its threads, ends where the points say."""
    waiting = {point.find(): (point, count(1)) for point in points}
    if not waiting:
        return
    files = {path for path, _line in waiting}

    def entered(frame: FrameType, _event: str, _argument: Any) -> Any:
        return passed if frame.f_code.co_filename in files else None

    def passed(frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            reached = waiting.get((frame.f_code.co_filename, frame.f_lineno))
            if reached is not None and next(reached[1]) == reached[0].turn:
                end(reached[0])
        return passed

    threading.settrace(entered)
    sys.settrace(entered)


def end(point: Point) -> None:
    if point.whole_group:
        os.killpg(os.getpgrp(), point.number)
    else:
        os.kill(os.getpid(), point.number)
