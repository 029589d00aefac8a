"""Asking child processes for the pages of originals, so that no document can hang or fill the process that prints."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from resources.extraction.confined import ConfinedProcess, ProcessDied
from resources.extraction.types import FailureReason
from resources.packs.exporting.originals.types import (
    Original,
    OriginalLimits,
    OriginalLink,
    OriginalPage,
    Refused,
    Wanted,
)

MODULE = "resources.packs.exporting.originals.child"

logger = logging.getLogger(__name__)


def read_originals(
    every: Sequence[Wanted],
    folder: Path,
    tell: Callable[[float], None],
    limits: OriginalLimits | None = None,
    children: int = 2,
) -> list[Original | Refused]:
    """The pages of each document wanted, in order, written into `folder`. `tell` hears after each which share is done,
    and ends it by raising. Raises nothing else for any document, OSError when `folder` cannot be written.
    """
    readers: SimpleQueue[_Reader] = SimpleQueue()
    started = [_Reader(limits or OriginalLimits()) for _ in range(min(children, len(every)))]
    for reader in started:
        readers.put(reader)

    def read(at: int) -> Original | Refused:
        reader = readers.get()
        try:
            return reader.read(every[at], folder / f"original-{at}.pdf")
        finally:
            readers.put(reader)

    try:
        with ThreadPoolExecutor(max(len(started), 1), thread_name_prefix="originals") as pool:
            asked = [pool.submit(read, at) for at in range(len(every))]
            try:
                for done, _answer in enumerate(as_completed(asked), 1):
                    tell(done / len(every))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            return [answer.result() for answer in asked]
    finally:
        for reader in started:
            reader.end()


class _Reader:
    """Reads in a child, which is started again after it has died."""

    def __init__(self, limits: OriginalLimits) -> None:
        self._limits = limits
        self._process = self._start()

    def _start(self) -> ConfinedProcess:
        return ConfinedProcess(MODULE, json.dumps(asdict(self._limits)))

    def read(self, wanted: Wanted, target: Path) -> Original | Refused:
        try:
            self._process.wait_until_ready()
            self._process.ask(
                {
                    "path": os.fspath(wanted.path.resolve()),
                    "first": wanted.first,
                    "last": wanted.last,
                    "target": os.fspath(target.resolve()),
                }
            )
            answer = self._process.answer(time.monotonic() + self._limits.seconds)
        except ProcessDied as death:
            logger.warning("Reading an original ended: %s. %s", death.reason, self._process.last_words())
            self._process.end()
            self._process = self._start()
            answer = {"reason": death.reason}
        if "reason" in answer:
            with suppress(FileNotFoundError):
                target.unlink()
            return Refused(FailureReason(answer["reason"]))
        return Original(target, answer["first"], tuple(map(_page, answer["pages"])))

    def end(self) -> None:
        self._process.end()


def _page(value: dict[str, Any]) -> OriginalPage:
    links = (OriginalLink(tuple(link["box"]), link["url"]) for link in value["links"])
    return OriginalPage(value["width"], value["height"], tuple(links))
