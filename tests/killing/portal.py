"""A portal in a folder and a database of its own, whose processes may be killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import urllib3
from django.db import connection

from tests.conftest import ROOT, environment
from tests.free_port import free_port
from tests.killing.disk import Disk
from tests.killing.points import Point

PATIENCE = 120.0
KILLED = -signal.SIGKILL
JSON = "application/json"


@contextmanager
def administration() -> Iterator[psycopg.Connection[Any]]:
    """A connection to the tests' PostgreSQL server by which databases are made and dropped."""
    known = connection.settings_dict
    with psycopg.connect(
        host=known["HOST"],
        port=known["PORT"],
        user=known["USER"],
        password=known["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        yield server


@dataclass(frozen=True)
class State:
    """What is there: see `tests.killing.state`. `faults` is empty when all is whole and nothing is left to do."""

    documents: list[dict[str, Any]]
    dropped: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    orphans: list[str]
    waiting: int
    faults: list[str]


@dataclass
class Process:
    """A process forked from the loaded portal."""

    pid: int
    said: Path
    _portal: Portal = field(repr=False)

    def wait(self, seconds: float = PATIENCE) -> int:
        """How it ended: its exit status, below zero when a signal ended it."""
        status = self._portal.ask({"wait": self.pid, "seconds": seconds})["status"]
        assert status is not None, f"still running:\n{self.output}"
        return int(status)

    def wait_until(self, states: str, seconds: float = PATIENCE) -> None:
        """Until the system says it is in one of `states`: `T` is stopped."""
        deadline = time.monotonic() + seconds
        while Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] not in states:
            assert time.monotonic() < deadline, self.output
            time.sleep(0.01)

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    @property
    def output(self) -> str:
        return self.said.read_text(errors="replace") if self.said.exists() else ""


class Portal:
    """Begins anew with `begin`; `close` leaves nothing behind. The database is of the kind that the tests run on."""

    def __init__(self, folder: Path, empty: Path | str) -> None:
        """`empty` is a migrated database: a file of SQLite, or the name of one on the tests' PostgreSQL server."""
        self.folder = folder
        self.data = folder / "data"
        self.said = folder / "said"
        self.said.mkdir(parents=True)
        self._empty = empty
        self._database = f"killing_{os.getpid()}"
        self._count = 0
        self._loaded: subprocess.Popen[str] | None = None
        self._disk: Disk | None = None

    # --- Beginning and ending -------------------------------------------------

    def begin(self, *, on_a_small_disk: bool = False) -> None:
        """An empty portal, migrated."""
        self._leave()
        self.data.mkdir()
        if on_a_small_disk:
            self._disk = Disk(self.data)
        if isinstance(self._empty, Path):
            shutil.copy(self._empty, self.data / "lumbung.sqlite3")
        else:
            with administration() as server:
                server.execute(f'DROP DATABASE IF EXISTS "{self._database}" WITH (FORCE)')
                server.execute(f'CREATE DATABASE "{self._database}" TEMPLATE "{self._empty}"')

    def close(self) -> None:
        if self._loaded is not None:
            assert self._loaded.stdin is not None
            self._loaded.stdin.close()
            self._loaded.wait(PATIENCE)
        if not isinstance(self._empty, Path):
            with administration() as server:
                server.execute(f'DROP DATABASE IF EXISTS "{self._database}" WITH (FORCE)')
        self._leave()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _leave(self) -> None:
        if self._disk is not None:
            self._disk.unmount()
            self._disk = None
        shutil.rmtree(self.data, ignore_errors=True)

    def full_disk(self, *, but: int, server: Server | None = None) -> AbstractContextManager[None]:
        """Inside, there is room for `but` bytes more where the portal keeps all that it keeps."""
        assert self._disk is not None
        assert self._loaded is not None
        return self._disk.full(but=but, writers=[self._loaded.pid, *(server.workers() if server else [])])

    @property
    def is_sqlite(self) -> bool:
        return isinstance(self._empty, Path)

    @property
    def database_url(self) -> str:
        if self.is_sqlite:
            return f"sqlite:///{self.data / 'lumbung.sqlite3'}"
        known = connection.settings_dict
        password = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
        return f"postgres://{known['USER']}{password}@{known['HOST']}:{known['PORT']}/{self._database}"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else has the database for himself: nobody writes meanwhile."""
        if self.is_sqlite:
            with closing(sqlite3.connect(self.data / "lumbung.sqlite3", isolation_level=None)) as other:
                other.execute("BEGIN EXCLUSIVE")
                yield
            return
        with psycopg.connect(self.database_url) as server:
            tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            names = ", ".join(f'"{name}"' for (name,) in tables)
            server.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
            yield
            server.rollback()

    # --- Commands and what is there ---------------------------------------------

    def start(self, *argv: str, points: Sequence[Point] = ()) -> Process:
        """Run `manage.py` with these arguments in a process of its own, which ends where `points` say."""
        return self._start({"argv": list(argv)}, points)

    def manage(self, *argv: str) -> None:
        """Run `manage.py` to its end, which must be a good one."""
        process = self.start(*argv)
        assert process.wait() == 0, process.output

    def killed(self, *argv: str, at: Point) -> bool:
        """Run `manage.py` until it is killed at that point; False when it ended before, well."""
        return self._until(self.start(*argv, points=[at]), at)

    def _until(self, process: Process, at: Point) -> bool:
        status = process.wait()
        assert status in (KILLED, 0), f"{at}\n{process.output}"
        return status == KILLED

    def call(self, function: str, **arguments: Any) -> Any:
        """What a function (`module:name`) returns in this portal; it must be JSON."""
        process = self._start({"call": function, "arguments": arguments}, ())
        assert process.wait() == 0, process.output
        return json.loads(process.output.splitlines()[-1])

    def start_call(self, function: str, *, points: Sequence[Point] = (), **arguments: Any) -> Process:
        """Run a function in a process of its own, which ends where `points` say."""
        return self._start({"call": function, "arguments": arguments}, points)

    def call_killed(self, function: str, *, at: Point, **arguments: Any) -> bool:
        """Run a function until it is killed at that point; False when it ended before, well."""
        return self._until(self.start_call(function, points=[at], **arguments), at)

    def later(self, days: int = 9) -> None:
        """A worker has had some days."""
        self.call("tests.killing.state:a_worker_later", days=days)

    def state(self) -> State:
        return State(**self.call("tests.killing.state:state"))

    def until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def ask(self, what: dict[str, Any]) -> dict[str, Any]:
        """Of the loaded portal: see `tests.killing.forking`."""
        if self._loaded is None:
            self._loaded = subprocess.Popen(
                [sys.executable, "-m", "tests.killing.forking"],
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert self._loaded.stdout is not None
            assert json.loads(self._loaded.stdout.readline()) == {"ready": True}
        assert self._loaded.stdin is not None
        assert self._loaded.stdout is not None
        self._loaded.stdin.write(json.dumps(what) + "\n")
        self._loaded.stdin.flush()
        answer: dict[str, Any] = json.loads(self._loaded.stdout.readline())
        return answer

    def _start(self, what: dict[str, Any], points: Sequence[Point]) -> Process:
        for point in points:
            point.find()
        self._count += 1
        said = self.said / f"{self._count}.txt"
        asked = {**what, "said": str(said), "points": [point.as_json() for point in points]}
        return Process(self.ask(asked)["pid"], said, self)

    def _environment(self, **more: str) -> dict[str, str]:
        return environment(self.data, DATABASE_URL=self.database_url, EXTRACTION_SECONDS="60", **more)

    # --- Serving ------------------------------------------------------------------

    def sign_in(self, server: Server) -> None:
        """Sign in there, for the first time or once more: a worker much later ends sessions that nobody used."""
        server.cookies = self.call("tests.killing.state:sign_in")

    @contextmanager
    def serving(self) -> Iterator[Server]:
        """Served by gunicorn until the end of the block."""
        server = Server(self.said, self._environment())
        try:
            server.start()
            self.sign_in(server)
            yield server
        finally:
            server.kill()


@dataclass
class Server:
    """Gunicorn with one worker, and an editor who is signed in."""

    said: Path
    environment: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None
    _port: int = 0

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._port = free_port()
        log = (self.said / "gunicorn").open("ab")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{self._port}"),
                *("--config", ROOT / "tests" / "killing" / "serving.py"),
            ],
            cwd=ROOT,
            env={**self.environment, "KILLING_POINTS": str(self.said / "points.json")},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self._until_it_answers()

    def kill(self) -> None:
        """End it with all its workers, at once."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._process = None

    def dies_at(self, point: Point) -> None:
        """The worker that answers from now on ends at that point, and the one after it lives."""
        point.find()
        (self.said / "points.json").write_text(json.dumps([point.as_json()]))
        for pid in self.workers():
            os.kill(pid, signal.SIGKILL)
        self._until_it_answers()

    def workers(self) -> list[int]:
        assert self._process is not None
        pid = self._process.pid
        return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def _until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                answer = urllib3.request("GET", f"http://127.0.0.1:{self._port}/healthz", timeout=5, retries=False)
            except urllib3.exceptions.HTTPError:
                assert self._process is not None
                assert self._process.poll() is None, (self.said / "gunicorn").read_text()[-3000:]
                assert time.monotonic() < deadline
                time.sleep(0.05)
            else:
                assert answer.status == 200
                if not (self.said / "points.json").exists():
                    return

    def get(self, path: str) -> int:
        """The status of what a visitor is answered."""
        answer = urllib3.request("GET", f"http://127.0.0.1:{self._port}{path}", retries=False, timeout=PATIENCE)
        return int(answer.status)

    def post(
        self, path: str, fields: dict[str, Any], *, seconds: float = PATIENCE, accept: str = "text/html"
    ) -> urllib3.BaseHTTPResponse | None:
        """What the server answers the editor; None when the connection broke. Files are (name, bytes)."""
        cookies = {**self.cookies, "csrftoken": "a" * 32}
        try:
            return urllib3.request(
                "POST",
                f"http://127.0.0.1:{self._port}{path}",
                fields={**fields, "csrfmiddlewaretoken": "a" * 32},
                headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "Accept": accept},
                redirect=False,
                retries=False,
                timeout=seconds,
            )
        except (urllib3.exceptions.ProtocolError, urllib3.exceptions.TimeoutError):
            return None

    def send(self, name: str, content: bytes, *, title: str = "", seconds: float = PATIENCE) -> int | None:
        """The status with which the portal answers an upload; None when the connection broke."""
        answer = self.post(
            "/admin/documents/add/",
            {"title": title or name, "file": (name, content), "collection": "1", "tags": "", "language": ""},
            seconds=seconds,
        )
        return None if answer is None else answer.status

    def upload(self, name: str, content: bytes, *, title: str = "", seconds: float = PATIENCE) -> bool:
        """Whether the portal said that it has the file now."""
        return self.send(name, content, title=title, seconds=seconds) == 302

    def begin_drop(self) -> str:
        """Begin a batch of dropped files, as the admin's page does; the address that takes them. There must be a
        library for them: `tests.killing.state:open_library`.
        """
        answer = self.post("/admin/drop/", {}, accept=JSON)
        assert answer is not None
        assert answer.status == 201, answer.status
        return str(answer.json()["files"])

    def drop(self, batch: str, name: str, content: bytes) -> bool:
        """Whether the portal said that it has the dropped file now."""
        answer = self.post(batch, {"files": (name, content)}, accept=JSON)
        return answer is not None and answer.status in (200, 201)
