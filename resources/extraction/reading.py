"""Reading files in child processes, so that none can hang, crash or fill the process that asks."""

from __future__ import annotations

import base64
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
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

from resources.extraction.registry import identify
from resources.extraction.types import (
    ExtractedPassage,
    ExtractedText,
    ExtractionFailure,
    FailureReason,
    Limits,
    Outcome,
)

ROOT = Path(__file__).resolve().parents[2]
ANSWER_BYTES = 48 * 1024 * 1024
# A child is new again after so many files, whatever a library has kept of them.
FILES_A_CHILD = 64
START_SECONDS = 20.0
STDERR_BYTES = 2_000

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
        """Return what the file holds, or why it can't be read. Raises nothing for any file."""
        if not file.path.is_file():
            return ExtractionFailure(FailureReason.MISSING)
        child = self._child
        if child is None:
            child = self._child = _Child(self._limits)
        outcome = child.read(file.path.resolve(), file.name or file.path.name)
        if child.dead or child.files >= FILES_A_CHILD:
            self.close()
        if isinstance(outcome, ExtractionFailure) and not outcome.known.checksum:
            # A file that killed its reader is known again all the same.
            with suppress(OSError):
                outcome = replace(outcome, known=identify(file.path))
        return outcome


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


class _Died(Exception):
    """The child ended, was silent too long or said too much."""

    def __init__(self, reason: FailureReason) -> None:
        super().__init__(str(reason))
        self.reason = reason


class _Child:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._ready = False
        self._unread = b""
        self._said: deque[bytes] = deque(maxlen=8)
        self.files = 0
        self.dead = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "resources.extraction.child", json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd=ROOT,
            # No passwords or keys from the environment for code that reads strangers' files.
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def read(self, path: Path, name: str) -> Outcome:
        outcome: Outcome | None = None
        self.files += 1
        try:
            if not self._ready:
                self._answer(time.monotonic() + START_SECONDS)
                self._ready = True
            until = time.monotonic() + self._limits.seconds
            self._ask({"path": os.fspath(path), "name": name})
            outcome = decode(self._answer(until)["outcome"])
            picture = self._answer(until)["thumbnail"]
        except _Died as death:
            self.dead = True
            logger.warning("Reading %s ended: %s. %s", name, death.reason, self._last_words())
            # A child that dies over the picture has told the text before.
            return outcome or ExtractionFailure(death.reason)
        if picture:
            outcome = _with_thumbnail(outcome, base64.b64decode(picture))
        return outcome

    def end(self) -> None:
        """End the child and everything that it may have started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._listener.join(timeout=1)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _ask(self, request: dict[str, str]) -> None:
        assert self._process.stdin is not None
        try:
            # ASCII, so that a name that isn't Unicode passes too.
            self._process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
        except BrokenPipeError:
            raise _Died(self._why()) from None

    def _answer(self, until: float) -> Any:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        parts = [self._unread]
        size = len(self._unread)
        while b"\n" not in parts[-1]:
            left = until - time.monotonic()
            poller = select.poll()
            poller.register(descriptor, select.POLLIN)
            if left <= 0 or not poller.poll(left * 1000):
                raise _Died(FailureReason.TOOK_TOO_LONG)
            part = os.read(descriptor, 1 << 20)
            if not part:
                raise _Died(self._why())
            parts.append(part)
            size += len(part)
            if size > ANSWER_BYTES:
                raise _Died(FailureReason.TOO_LARGE)
        line, _, self._unread = b"".join(parts).partition(b"\n")
        return json.loads(line)

    def _why(self) -> FailureReason:
        """Say why a child that has closed its pipes is dead, by the signal that ended it."""
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return FailureReason.TOOK_TOO_LONG
        # Libraries abort or trap when they get no memory; the kernel kills who takes the machine's.
        if -code in (signal.SIGABRT, signal.SIGTRAP, signal.SIGKILL):
            return FailureReason.TOO_MUCH_MEMORY
        return FailureReason.DAMAGED

    def _listen(self) -> None:
        """Take what the child says on its standard error, so that it never waits to be heard, and keep the end."""
        assert self._process.stderr is not None
        with suppress(OSError, ValueError):
            while said := self._process.stderr.read(4096):
                self._said.append(said)

    def _last_words(self) -> str:
        return b"".join(self._said)[-STDERR_BYTES:].decode("utf-8", "replace").strip()


def decode(value: dict[str, Any]) -> Outcome:
    """Return the outcome that a child has encoded."""
    if "reason" in value:
        known = decode(value["known"])
        assert isinstance(known, ExtractedText)
        return ExtractionFailure(FailureReason(value["reason"]), known)
    passages = tuple(ExtractedPassage(**passage) for passage in value["passages"])
    return ExtractedText(**(value | {"passages": passages, "authors": tuple(value["authors"])}))


def _with_thumbnail(outcome: Outcome, picture: bytes) -> Outcome:
    if isinstance(outcome, ExtractionFailure):
        return replace(outcome, known=replace(outcome.known, thumbnail=picture))
    return replace(outcome, thumbnail=picture)
