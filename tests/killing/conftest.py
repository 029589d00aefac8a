from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from tests.killing.portal import Portal, administration


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests' own database is made, which portals to kill begin with: pytest-django makes none that nobody asks
    for.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def empty_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path | str]:
    """A copy of the tests' own database, migrated and empty: a file, or its name on the server."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
        with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        yield path
        return
    tests, empty = connection.settings_dict["NAME"], f"empty_{connection.settings_dict['NAME']}"
    with django_db_blocker.unblock():
        # Nobody may be connected to what is copied.
        connections.close_all()
    with administration() as server:
        # Nor a thread of a test before.
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [tests])
        server.execute(f'DROP DATABASE IF EXISTS "{empty}"')
        server.execute(f'CREATE DATABASE "{empty}" TEMPLATE "{tests}"')
    yield empty
    with administration() as server:
        server.execute(f'DROP DATABASE "{empty}"')


@pytest.fixture(scope="session")
def only_portal(empty_database: Path | str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("killing") / "portal", empty_database)
    yield portal
    portal.close()


@pytest.fixture
def portal(only_portal: Portal) -> Portal:
    """An empty portal of the test's own, whose processes it may kill."""
    only_portal.begin()
    return only_portal
