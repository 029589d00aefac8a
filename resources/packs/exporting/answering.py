"""The loop of the child processes that exports ask: lines of JSON in, lines of JSON out. Nothing of Django is loaded.

A child is run as `python -m MODULE LIMITS` by `ConfinedProcess`, and calls `answer_all` with what it does for each.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from resources.extraction.confinement import allow_seconds, confine

Answer = Callable[[dict[str, Any]], dict[str, Any]]


def answer_all(answer: Answer, *, seconds: float, memory_mb: int, written_bytes: int) -> None:
    """Bound this process, say `{"ready": true}`, then answer each line of standard input until there are no more.

    `seconds` of the processor are what one answer may take, `written_bytes` what a file may have that it writes.
    """
    # Answers have a way of their own: what a library prints goes with the errors.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    logging.getLogger("pypdf").disabled = True
    confine(memory_mb, written_bytes)
    _say(answers, {"ready": True})
    for line in sys.stdin.buffer:
        request = json.loads(line)
        allow_seconds(seconds)
        _say(answers, answer(request))


def complain(error: Exception) -> None:
    """Tell of an error where the parent finds a child's last words."""
    sys.stderr.write(f"{type(error).__name__}: {error}\n")


def _say(answers: BinaryIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value).encode("ascii") + b"\n")
    answers.flush()
