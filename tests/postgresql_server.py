"""A real PostgreSQL on this machine for the time of a test run. It ends with the process that it is started for."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.free_port import free_port

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "postgresql"
_PATIENCE = 120.0


class Server:
    """One server on a free port. A context manager."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="lumbung-postgresql-"))
        self.port = free_port()
        self.url = f"postgres://lumbung@127.0.0.1:{self.port}/lumbung"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        """Start it, and wait until it answers. Raises `RuntimeError` with what it said when it does not."""
        with (self.directory / "script").open("wb") as said:
            self._process = subprocess.Popen(
                [SCRIPT, "run", self.directory, str(self.port), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                # What ends the tests, such as Ctrl+C, must not end it before they are done.
                start_new_session=True,
            )
        deadline = time.monotonic() + _PATIENCE
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start:\n{self._said()}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop it and leave nothing behind."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_PATIENCE)
        shutil.rmtree(self.directory, ignore_errors=True)

    def answers(self) -> bool:
        """Whether it can be asked at this moment."""
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _said(self) -> str:
        files = [self.directory / "script", *(self.directory / "logs").glob("*")]
        return "\n".join(path.read_text(errors="replace")[-4000:] for path in files if path.exists())
