from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from search import service
from search.types import SearchQuery
from tests.conftest import ROOT, environment, manage
from tests.search.shelf import Shelf, text, work

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_search_index_indexes_what_changed_and_says_how_search_stands(shelf: Shelf) -> None:
    shelf.put(work("a"))
    said = run("search_index")
    assert "1 works written" in said
    assert "The index is ready, with 1 works; 0 wait." in said


def test_search_index_makes_the_index_of_a_new_portal(shelf: Shelf) -> None:
    assert "The index is ready, with 0 works; 0 wait." in run("search_index")
    assert service.search(SearchQuery()).available


def test_search_index_rebuilds(shelf: Shelf) -> None:
    shelf.works = {"a": work("a")}
    assert run("search_index", "--rebuild").startswith("embedded: indexed 1 works in ")
    assert service.search(SearchQuery()).total == 1


def test_search_index_check_names_differences_and_fails(shelf: Shelf) -> None:
    shelf.put(work("a", text("en", "Pensions")))
    run("search_index")
    assert "holds what the database says" in run("search_index", "--check")
    del shelf.works["a"]
    shelf.works["b"] = work("b", text("en", "Insurance"))
    out = StringIO()
    with pytest.raises(CommandError, match="2 differences"):
        call_command("search_index", "--check", stdout=out)
    assert "missing: b Insurance" in out.getvalue()
    assert "extra: a" in out.getvalue()


def test_search_index_repair_mends(shelf: Shelf) -> None:
    run("search_index", "--rebuild")
    shelf.works["b"] = work("b")
    assert "repaired, 1 works written" in run("search_index", "--repair")
    assert "holds what the database says" in run("search_index", "--check")


def test_search_index_says_what_mends_a_lost_index(shelf: Shelf, index: Path) -> None:
    shelf.put(work("a"))
    run("search_index")
    shutil.rmtree(index)
    with pytest.raises(CommandError, match="search_index --rebuild"):
        run("search_index")
    with pytest.raises(CommandError, match="search_index --rebuild"):
        run("search_index", "--check")


def test_the_worker_works_off_what_is_due_and_rebuilds_a_lost_index(shelf: Shelf, index: Path) -> None:
    shelf.put(work("a"))
    assert "1 works written" in run("run_worker", "--once")
    shutil.rmtree(index)
    shelf.put(work("b"))
    assert "embedded: rebuilt, 2 works" in run("run_worker", "--once")
    assert service.search(SearchQuery()).total == 2


@pytest.fixture(scope="module")
def data(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with an empty database: a copy of the tests' own, for all migrations take half a minute."""
    folder = tmp_path_factory.mktemp("data")
    if connection.vendor == "sqlite":
        # Before the transaction of a test, in which it could not be copied.
        with django_db_blocker.unblock(), closing(sqlite3.connect(folder / "lumbung.sqlite3")) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    else:
        assert manage(folder, "migrate", "--verbosity=0").returncode == 0
    return folder


def test_the_worker_stops_when_it_is_told_to(data: Path) -> None:
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker", "--pause", "0.1"],
        cwd=ROOT,
        env=environment(data, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert "Waiting for changes" in worker.stdout.readline()
    time.sleep(0.3)
    worker.send_signal(signal.SIGTERM)
    out, _ = worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert "Stopped." in out
