"""What every test may use."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.utils import translation

from tests.elasticsearch_server import Server

ROOT = Path(__file__).resolve().parent.parent

# Playwright's synchronous interface runs an event loop in this thread, which Django would take for an asynchronous
# view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """A lock between the processes of one test run."""
    while True:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            time.sleep(0.2)
    try:
        yield
    finally:
        path.unlink()


@pytest.fixture(autouse=True)
def language_of_the_test() -> Iterator[None]:
    """Every test begins in the language of the settings: a request to `/km/` leaves Khmer on in its thread."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def nothing_waits_to_be_counted() -> Iterator[None]:
    """Searches that a test made are not written in the next one, which may have no database."""
    from search.statistics.gathering import gathering

    yield
    gathering.forget()


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> Iterator[None]:
    """A picture of one test, which Wagtail keeps in the cache by its number, is not that of the next one."""
    yield
    caches["default"].clear()


@pytest.fixture(autouse=True)
def the_connection_of_the_test_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that begins a round lets go of connections that are old. The test's, in its transaction, isn't."""
    monkeypatch.setattr("search.management.commands.run_worker.close_old_connections", lambda: None)


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Path:
    """An empty search index of the test's own; what tests before put into another one is not in it."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return tmp_path / "index"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data directory with the demonstration library, loaded once a run by `manage.py demo`."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    data = shared / "demonstration"
    with _one_at_a_time(shared / "demonstration.lock"):
        if not (data / "loaded").exists():
            done = manage(data, "demo")
            assert done.returncode == 0, done.stderr
            collected = manage(data, "collectstatic", "--noinput", DEBUG="0", SECRET_KEY="only-for-this-run" * 4)
            assert collected.returncode == 0, collected.stderr
            (data / "loaded").write_text(done.stdout)
    return data


@pytest.fixture(scope="session")
def elasticsearch(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The address of a real Elasticsearch: one for all processes of the run, with which it ends."""
    shared, run = tmp_path_factory.getbasetemp(), os.getpid()
    if worker_id != "master":
        shared, run = shared.parent, os.getppid()
    with _one_at_a_time(shared / "elasticsearch.lock"):
        told = shared / "elasticsearch"
        if not told.exists():
            server = Server(watched=run)
            try:
                server.start()
            except RuntimeError as error:
                # Said once, not waited for again by every process.
                told.write_text(str(error))
            else:
                told.write_text(server.url)
    said = told.read_text()
    if said.startswith("http"):
        return said
    if os.environ.get("CI") == "true":
        pytest.fail(said, pytrace=False)
    pytest.skip(said)


@pytest.fixture(scope="module")
def own_elasticsearch() -> Iterator[Server]:
    """A server that a module's tests may stop, hold up and empty; each leaves it running."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.close()


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a portal that keeps everything in `data`."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {**kept, "PORTAL_DATA_DIR": str(data), "PYTHONPATH": str(ROOT), **more}


def manage(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a management command of a portal that keeps everything in `data`."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(data, **more),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
