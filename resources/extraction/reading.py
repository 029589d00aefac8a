"""Reading files in child processes, so that none can hang, crash or fill the process that asks."""

from __future__ import annotations

import base64
import json
import logging
import math
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple, Self

from resources.extraction.confined import ConfinedProcess, ProcessDied
from resources.extraction.registry import identify
from resources.extraction.types import (
    ExtractedPassage,
    ExtractedText,
    ExtractionFailure,
    FailureReason,
    Limits,
    Metadata,
    Outcome,
    Statement,
)

# A child is new again after so many files, whatever a library has kept of them.
FILES_A_CHILD = 64
# What the picture of the first page may take; the text is known by then.
PICTURE_SECONDS = 8.0
# Of the time that a file may take, what the processor must have worked for it: else the machine was busy.
BUSY = 0.6

logger = logging.getLogger(__name__)


class FileToRead(NamedTuple):
    """`name` is what the file was called when it was uploaded; empty, its path's."""

    path: Path
    name: str = ""


class Reading(NamedTuple):
    """What was read, and how long it took."""

    outcome: Outcome
    seconds: float


class Reader:
    """Reads files one after the other in a child, which is started when needed and again after it has died. A context
    manager.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def read(self, file: FileToRead) -> Outcome:
        """Return what the file holds, or why it can't be read. Raises nothing for any file.

        A file whose child died is tried once more in a new one, where that may end otherwise.
        """
        if not file.path.is_file():
            return ExtractionFailure(FailureReason.MISSING)
        outcome, another_may_do = self._try(file)
        if another_may_do:
            outcome, _ = self._try(file)
        if isinstance(outcome, ExtractionFailure) and not outcome.known.checksum:
            # A file that killed its reader is known again all the same.
            with suppress(OSError):
                outcome = replace(outcome, known=identify(file.path))
        return outcome

    def _try(self, file: FileToRead) -> tuple[Outcome, bool]:
        """The outcome, and whether a new child may come to another one."""
        child = self._child
        if child is None:
            child = self._child = _Child(self._limits)
        outcome = child.read(file.path.resolve(), file.name or file.path.name)
        another_may_do = child.blameless
        if child.dead or child.files >= FILES_A_CHILD:
            self.close()
        return outcome, another_may_do


def read_file(file: FileToRead, limits: Limits | None = None) -> Outcome:
    """Read one file in a child of its own. Raises nothing for any file."""
    with Reader(limits or Limits()) as reader:
        return reader.read(file)


def read_files(files: Iterable[FileToRead], limits: Limits | None = None, children: int = 2) -> Iterator[Reading]:
    """Read files in several children at a time; readings come in the order of the files. One file's end is not
    another's.
    """
    readers: SimpleQueue[Reader] = SimpleQueue()
    every = [Reader(limits or Limits()) for _ in range(children)]
    for reader in every:
        readers.put(reader)

    def read(file: FileToRead) -> Reading:
        reader = readers.get()
        start = time.monotonic()
        try:
            return Reading(reader.read(file), time.monotonic() - start)
        finally:
            readers.put(reader)

    waiting: deque[Future[Reading]] = deque()
    with ThreadPoolExecutor(children, thread_name_prefix="extraction") as pool:
        try:
            for file in files:
                waiting.append(pool.submit(read, file))
                if len(waiting) >= 4 * children:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            for reader in every:
                reader.close()


class _Child:
    """The process that reads files, with what is asked of it and how it answers."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process = ConfinedProcess("resources.extraction.child", json.dumps(asdict(limits)))
        self.files = 0
        self.dead = False
        self.blameless = False
        """It died without an outcome, and not because the file took all that a file may take."""

    def read(self, path: Path, name: str) -> Outcome:
        outcome: Outcome | None = None
        spent = 0.0
        self.files += 1
        try:
            self._process.wait_until_ready()
            spent = self._process.seconds_used()
            until = time.monotonic() + self._limits.seconds
            self._process.ask({"path": os.fspath(path), "name": name})
            outcome = decode(self._process.answer(until)["outcome"])
            picture = self._process.answer(min(until, time.monotonic() + PICTURE_SECONDS))["thumbnail"]
        except ProcessDied as death:
            self.dead = True
            self.blameless = outcome is None and not self._spent(death.reason, spent)
            logger.warning("Reading %s ended: %s. %s", name, death.reason, self._process.last_words())
            # A child that dies over the picture has told the text before.
            return outcome or ExtractionFailure(death.reason)
        if picture:
            outcome = _with_thumbnail(outcome, base64.b64decode(picture))
        return outcome

    def _spent(self, reason: FailureReason, before: float) -> bool:
        """Whether the file took all that it may: the time, and not only waited for a busy machine; the memory, of a
        child that no other file had used.
        """
        if reason is FailureReason.TOOK_TOO_LONG:
            used = self._process.seconds_used()
            return used == math.inf or used - before >= BUSY * self._limits.seconds
        return reason is not FailureReason.DAMAGED and self.files == 1

    def end(self) -> None:
        self._process.end()


def decode(value: dict[str, Any]) -> Outcome:
    """Return the outcome that a child has encoded."""
    if "reason" in value:
        known = decode(value["known"])
        assert isinstance(known, ExtractedText)
        return ExtractionFailure(FailureReason(value["reason"]), known)
    passages = tuple(ExtractedPassage(**passage) for passage in value["passages"])
    several: dict[str, Any] = {name: tuple(value[name]) for name in ("authors", "fonts", "scanned") if name in value}
    parts = (
        {"passages": passages, "metadata": _metadata(value["metadata"])}
        if "metadata" in value
        else {"passages": passages}
    )
    return ExtractedText(**(value | several | parts))


def _metadata(value: dict[str, Any]) -> Metadata:
    return Metadata(
        statements=tuple(Statement(**statement) for statement in value["statements"]),
        outline=tuple(value["outline"]),
        pictures=tuple((width, height) for width, height in value["pictures"]),
    )


def _with_thumbnail(outcome: Outcome, picture: bytes) -> Outcome:
    if isinstance(outcome, ExtractionFailure):
        return replace(outcome, known=replace(outcome.known, thumbnail=picture))
    return replace(outcome, thumbnail=picture)
