"""A real Elasticsearch on this machine, to be started, stopped, killed, held up and emptied by tests.

It ends with the process that it is started for, however that ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import urllib3

from tests.free_port import free_port

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "elasticsearch"
_PATIENCE = 120.0


class Server:
    """One server with one node. `watched` is the process with which it ends, by default this one.

    Its address stays the same over stops and starts.
    """

    def __init__(self, *, watched: int | None = None) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="lumbung-elasticsearch-"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._watched = os.getpid() if watched is None else watched
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers. Raises `RuntimeError` with what it said when it does not."""
        if self._process is not None and self._process.poll() is None:
            return
        (self.directory / "pid").unlink(missing_ok=True)
        with (self.directory / "script").open("wb") as said:
            self._process = subprocess.Popen(
                [SCRIPT, "run", self.directory, str(self.port), str(self._watched)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                # What ends the tests, such as Ctrl+C, must not end it before they are done.
                start_new_session=True,
            )
        deadline = time.monotonic() + _PATIENCE
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Elasticsearch does not start:\n{self._said()}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether it can be asked at this moment."""
        try:
            answer = urllib3.request(
                "GET", f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=2.0, retries=False
            )
        except urllib3.exceptions.HTTPError:
            return False
        return answer.status == 200

    def stop(self) -> None:
        """Shut it down, as an operator does."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_PATIENCE)

    def kill(self) -> None:
        """End it at once, as when the power fails."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait(_PATIENCE)

    def pause(self) -> None:
        """Let it hang: it takes connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def wipe(self) -> None:
        """Take all that it holds away; it must not be running."""
        shutil.rmtree(self.directory / "data", ignore_errors=True)

    def close(self) -> None:
        """Stop it and leave nothing behind."""
        self.resume()
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _signal(self, number: int) -> None:
        try:
            os.kill(int((self.directory / "pid").read_text()), number)
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return

    def _said(self) -> str:
        files = (self.directory / "script", self.directory / "logs" / "output")
        return "\n".join(path.read_text(errors="replace")[-4000:] for path in files if path.exists())
