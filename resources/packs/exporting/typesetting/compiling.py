"""Asks a child process for a PDF, so that no text can hang or fill the process that prints."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from resources.extraction.confined import ConfinedProcess, ProcessDied
from resources.packs.exporting.typesetting.limits import TypesettingLimits

MODULE = "resources.packs.exporting.typesetting.child"
_TELL_SECONDS = 2.0

logger = logging.getLogger(__name__)


class CannotTypeset(Exception):
    """The child died, or the source is at fault; says which, in English."""


def compile_pdf(
    source: Path,
    fonts: Path,
    made: date,
    target: Path,
    *,
    tell: Callable[[], None],
    limits: TypesettingLimits | None = None,
) -> None:
    """Write the PDF of `source`, which reads its own folder alone, into `target`; the same bytes for the same source.

    `tell` is called now and then while it lasts, and ends it by raising. Raises CannotTypeset.
    """
    allowed = limits or TypesettingLimits()
    request = {
        "source": os.fspath(source.resolve()),
        "fonts": os.fspath(fonts.resolve()),
        "target": os.fspath(target.resolve()),
        "timestamp": int(datetime(made.year, made.month, made.day, tzinfo=UTC).timestamp()),
    }
    process = ConfinedProcess(MODULE, json.dumps(asdict(allowed)))
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="typesetting") as pool:
            answer = pool.submit(_answer, process, request, allowed.seconds)
            try:
                while not wait([answer], _TELL_SECONDS).done:
                    tell()
            except BaseException:
                # Who listens would wait for the child to the end.
                process.kill()
                raise
        problem = answer.result()["error"]
    except ProcessDied as death:
        logger.warning("Typesetting ended: %s. %s", death.reason, process.last_words())
        raise CannotTypeset(f"Typst gave no answer: {death.reason}") from None
    finally:
        process.end()
    if problem is not None:
        raise CannotTypeset(problem)


def _answer(process: ConfinedProcess, request: dict[str, Any], seconds: float) -> dict[str, Any]:
    process.wait_until_ready()
    process.ask(request)
    answer: dict[str, Any] = process.answer(time.monotonic() + seconds)
    return answer
