"""A child process that reads strangers' files: it may hang, crash or take too much, and only it ends.

The child is a Python module of this repository. It says `{"ready": true}` when it has loaded, then answers lines of
JSON with lines of JSON. It bounds itself (see `confinement.py`); how long an answer may take is the parent's to say.
"""

from __future__ import annotations

import json
import math
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any

from resources.extraction.types import FailureReason

ROOT = Path(__file__).resolve().parents[2]
ANSWER_BYTES = 48 * 1024 * 1024
START_SECONDS = 20.0
STDERR_BYTES = 2_000


class ProcessDied(Exception):
    """The child ended, was silent too long or said too much."""

    def __init__(self, reason: FailureReason) -> None:
        super().__init__(str(reason))
        self.reason = reason


class ConfinedProcess:
    """Runs `python -m MODULE ARGUMENT`. After `ProcessDied` it can only be ended."""

    def __init__(self, module: str, argument: str) -> None:
        self._ready = False
        self._unread = b""
        self._said: deque[bytes] = deque(maxlen=8)
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, argument],
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

    @property
    def pid(self) -> int:
        return self._process.pid

    def seconds_used(self) -> float:
        """How long the processor has worked for the child by now; endless for one that is gone."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
            seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError):
            # No such folder on this system: what can't be known is taken for the file's own doing.
            return math.inf
        return math.inf if fields[0] in "ZX" else seconds

    def wait_until_ready(self) -> None:
        """Return when the child has loaded. Raises ProcessDied."""
        if not self._ready:
            self.answer(time.monotonic() + START_SECONDS)
            self._ready = True

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request. Raises ProcessDied."""
        assert self._process.stdin is not None
        try:
            # ASCII, so that a name that isn't Unicode passes too.
            self._process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
        except BrokenPipeError:
            raise ProcessDied(self._why()) from None

    def answer(self, until: float) -> Any:
        """Return the next answer, waiting for it until `until` (of `time.monotonic`). Raises ProcessDied."""
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        parts = [self._unread]
        size = len(self._unread)
        while b"\n" not in parts[-1]:
            left = until - time.monotonic()
            poller = select.poll()
            poller.register(descriptor, select.POLLIN)
            if left <= 0 or not poller.poll(left * 1000):
                raise ProcessDied(FailureReason.TOOK_TOO_LONG)
            part = os.read(descriptor, 1 << 20)
            if not part:
                raise ProcessDied(self._why())
            parts.append(part)
            size += len(part)
            if size > ANSWER_BYTES:
                raise ProcessDied(FailureReason.TOO_LARGE)
        line, _, self._unread = b"".join(parts).partition(b"\n")
        return json.loads(line)

    def kill(self) -> None:
        """Kill the child and everything that it may have started: who waits for its answer hears that it died."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill it, and let go of all that it took."""
        self.kill()
        self._process.wait()
        self._listener.join(timeout=1)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def last_words(self) -> str:
        """The end of what the child said on its standard error."""
        return b"".join(self._said)[-STDERR_BYTES:].decode("utf-8", "replace").strip()

    def _why(self) -> FailureReason:
        """Say why a child that has closed its pipes is dead, by the signal that ended it."""
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return FailureReason.TOOK_TOO_LONG
        # Libraries abort or trap when they get no memory; the kernel kills who takes the machine's.
        if -code in (signal.SIGABRT, signal.SIGTRAP, signal.SIGKILL):
            return FailureReason.TOO_MUCH_MEMORY
        # Or who writes more than it may.
        if code == -signal.SIGXFSZ:
            return FailureReason.TOO_LARGE
        return FailureReason.DAMAGED

    def _listen(self) -> None:
        """Take what the child says on its standard error, so that it never waits to be heard, and keep the end."""
        assert self._process.stderr is not None
        with suppress(OSError, ValueError):
            while said := self._process.stderr.read(4096):
                self._said.append(said)
