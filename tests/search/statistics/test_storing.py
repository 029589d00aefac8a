"""Counts of several processes add up, and a database that can't be written troubles nobody."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from search.statistics import gathering, storing
from search.statistics.gathering import Key
from search.statistics.models import FilterCount, OpenedCount, SearchCount
from tests.conftest import ROOT, environment, manage
from tests.search.shelf import Shelf

DAY = date(2026, 11, 24)
BEGIN = """
import sys
from datetime import date
from search.statistics import storing
from search.statistics.gathering import Key, gathering
from search.statistics.models import SearchCount
key = Key(SearchCount, date(2026, 11, 24), "en", "pension")
"""
COUNTING = f"""{BEGIN}
for number in range(100):
    gathering.add(key, asked=1, found=3)
    storing.flush()
while gathering._waiting:
    storing.flush()
"""
LOCKED = f"""{BEGIN}
gathering.add(key, asked=1)
storing.flush()
print(len(gathering._waiting), flush=True)
sys.stdin.readline()
"""


@pytest.mark.django_db
def test_counts_add_to_those_that_are_there() -> None:
    pension = Key(SearchCount, DAY, "en", "pension")
    storing.store({pension: (2, 10, 0, 1), Key(SearchCount, DAY, "th", "pension"): (1, 0, 1, 0)})
    storing.store({pension: (1, 5, 0, 0), Key(FilterCount, DAY, "en", "type"): (1, 0)})
    storing.store(
        {Key(OpenedCount, DAY, "en", "w1"): (4,), Key(SearchCount, date(2026, 11, 25), "en", "pension"): (1, 1, 0, 0)}
    )
    assert list(SearchCount.objects.order_by("day", "language").values_list("asked", "found", "nothing", "opened")) == [
        (3, 15, 0, 1),
        (1, 0, 1, 0),
        (1, 1, 0, 0),
    ]
    assert FilterCount.objects.get().used == 1
    assert OpenedCount.objects.get().opened == 4


@pytest.mark.django_db
def test_as_many_as_may_wait_are_written_at_once() -> None:
    storing.store(
        {Key(SearchCount, DAY, "en", f"text {number}"): (1, 1, 0, 0) for number in range(gathering.MOST_WAITING)}
    )
    assert SearchCount.objects.count() == gathering.MOST_WAITING


@contextmanager
def taking_nothing() -> Iterator[None]:
    """The database refuses counts."""
    table = SearchCount._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO away")
        yield
        cursor.execute(f"ALTER TABLE away RENAME TO {table}")


@pytest.mark.django_db
def test_a_visitor_does_not_notice_that_nothing_can_be_written(
    library: Shelf, visitor: Client, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(gathering, "SECONDS", 0.0)
    monkeypatch.setattr(storing, "_failed", False)
    with taking_nothing():
        for _ in range(3):
            assert visitor.get("/en/search/?q=pensions").status_code == 200
    assert sum("wait to be counted" in record.message for record in caplog.records) == 1
    assert visitor.get("/en/search/?q=pensions").status_code == 200
    assert SearchCount.objects.get().asked == 4


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A data directory with the tables of counts, and nothing else."""
    done = manage(tmp_path, "migrate", "search_statistics")
    assert done.returncode == 0, done.stderr
    return tmp_path


def start(data: Path, program: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", program],
        cwd=ROOT,
        env=environment(data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(data: Path) -> list[tuple[int, int]]:
    with sqlite3.connect(data / "lumbung.sqlite3") as database:
        return database.execute("SELECT asked, found FROM search_statistics_searchcount").fetchall()


def test_what_two_processes_count_at_once_adds_up(tables: Path) -> None:
    processes = [start(tables, COUNTING) for _ in range(2)]
    for process in processes:
        _said, complained = process.communicate(timeout=120)
        assert process.returncode == 0, complained
    assert stored(tables) == [(200, 600)]


def test_counts_wait_while_the_database_is_locked_and_are_written_at_the_process_end(tables: Path) -> None:
    writer = sqlite3.connect(tables / "lumbung.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    process = start(tables, LOCKED)
    assert process.stdout is not None
    assert process.stdout.readline() == "1\n"
    writer.execute("ROLLBACK")
    writer.close()
    _said, complained = process.communicate("go on\n", timeout=60)
    assert process.returncode == 0, complained
    assert stored(tables) == [(1, 0)]
