"""The portal as in production, in a gunicorn of its own: asked over a loopback address, weighed, asked under load."""

from __future__ import annotations

import gzip
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.bench.timing import Timing

_START_SECONDS = 60
_SIZES = 12


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


class Served:
    """A server that runs. `ask` gives what a path answers; `memory` is what it takes."""

    def __init__(self, port: int, process: int) -> None:
        self.port = port
        self._process = process
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def answer(self, path: str) -> Answer:
        try:
            self._connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            response = self._connection.getresponse()
            body = response.read()
            if response.getheader("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            return Answer(response.status, body)
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise

    def ask(self, path: str) -> bytes:
        answer = self.answer(path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}: {answer.body[:300]!r}")
        return answer.body

    def memory(self) -> tuple[float, float]:
        """(megabytes of its own, megabytes with the files that it maps) of the process that answers; 0 where /proc does
        not tell.
        """
        try:
            workers = Path(f"/proc/{self._process}/task/{self._process}/children").read_text("ascii").split()
            found = [resident(worker) for worker in workers]
        except OSError:
            return 0.0, 0.0
        return max(found, default=(0.0, 0.0))


def resident(process: str) -> tuple[float, float]:
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines())
    own, whole = (int(lines[name].split()[0]) / 1e3 for name in ("RssAnon", "VmRSS"))
    return own, whole


@contextmanager
def served(*more: str) -> Iterator[Served]:
    """The portal over the database and index of this process's environment. `more` are arguments of gunicorn."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    server = subprocess.Popen([*command, "--log-level", "error", *more])
    try:
        _wait(port)
        yield Served(port, server.pid)
    finally:
        server.terminate()
        server.wait(10)


def _wait(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("gunicorn did not start.")


@dataclass(frozen=True, slots=True)
class Load:
    """Requests made while something else went on: how many failed, how many found nothing."""

    asked: int
    failed: int
    empty: int
    timing: Timing


def loaded(server: Served, queries: Sequence[str], during: subprocess.Popen[bytes]) -> Load:
    """Ask pages and the API in turn, without a pause, as long as a process runs. Each query is known to find something;
    none is asked twice within a minute, or the answer would be a remembered one.
    """
    asked = failed = empty = 0
    took: list[float] = []
    while during.poll() is None or not asked:
        query = quote(queries[asked % len(queries)])
        # Another number of hits each round keeps every answer from being remembered.
        size = 10 + asked // len(queries) % _SIZES
        path = f"/api/v1/search?q={query}" if asked % 2 else f"/en/search/?q={query}"
        started = time.perf_counter()
        try:
            answer = server.answer(f"{path}&page_size={size}")
        except (OSError, http.client.HTTPException):
            answer = Answer(0, b"")
        took.append((time.perf_counter() - started) * 1000)
        found = b"<mark>" in answer.body if asked % 2 == 0 else b'"total": 0,' not in answer.body
        asked += 1
        failed += answer.status != 200
        empty += answer.status == 200 and not found
    return Load(asked, failed, empty, Timing.of(took))
