"""Elasticsearch stopped, hanging, read-only or restarted empty: visitors get answers, editors save, all catches up.

A server of these tests' own, for they stop it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import urllib3
from django.core.management import call_command

from search import service
from search.engines import answering, use
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.client import Connection
from search.engines.embedded import EmbeddedEngine
from search.errors import IndexUnavailable
from search.indexing import worker
from search.models import OutboxEntry
from search.types import SearchQuery, SearchResults
from tests.elasticsearch_server import Server
from tests.search.shelf import Shelf, text, work

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    made.start()
    yield made
    made.close()


@pytest.fixture
def two(
    server: Server, shelf: Shelf, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[ElasticsearchEngine, EmbeddedEngine]]:
    """Both engines, one work in each, on a server that is well."""
    server.resume()
    server.start()
    prefix = f"t{tmp_path.name.lower().replace('_', '-')[-60:]}"
    # So patient a portal that only what it waits for all questions together can keep a visitor from waiting.
    first = ElasticsearchEngine(Connection(server.url, seconds=15.0), prefix=prefix)
    second = EmbeddedEngine(index)
    # Visitors look at once whether an engine is well again.
    monkeypatch.setattr(answering, "PAUSE", 0.0)
    answering.forget()
    with use(first, second):
        shelf.put(work("a", text("km", "ការធានារ៉ាប់រងសង្គម")))
        worker.drain()
        assert asked().engine == "elasticsearch"
        yield first, second
    server.resume()
    answering.forget()


def asked(words: str = "ធានារ៉ាប់រង") -> SearchResults:
    return service.search(SearchQuery(words))


def comes_back() -> bool:
    """Whether Elasticsearch answers again, within the time that a server takes to start."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if asked().engine == "elasticsearch":
            return True
        time.sleep(0.1)
    return False


def run_worker() -> str:
    out = StringIO()
    call_command("run_worker", "--once", stdout=out)
    return out.getvalue()


def save_and_index(shelf: Shelf) -> None:
    """An editor's save, with what a request does after it."""
    shelf.put(work("b", text("km", "ធានារ៉ាប់រងការងារ")))
    try:
        worker.drain()
    except IndexUnavailable:
        return


def waiting() -> set[tuple[str, str]]:
    return set(OutboxEntry.objects.pending().values_list("index", "work"))


@pytest.mark.parametrize("how", ["stopped", "killed", "hanging"])
def test_a_server_that_does_not_answer_is_stood_in_for(
    server: Server, shelf: Shelf, two: tuple[ElasticsearchEngine, EmbeddedEngine], how: str
) -> None:
    {"stopped": server.stop, "killed": server.kill, "hanging": server.pause}[how]()
    started = time.monotonic()
    results = asked()
    assert time.monotonic() - started < 10
    assert (results.available, results.engine, results.total) == (True, "embedded", 1)
    save_and_index(shelf)
    assert waiting() == {("elasticsearch", "b")}
    assert asked().total == 2
    assert service.health().index_ok
    server.resume()
    server.start()
    # It lacks what was saved meanwhile: nobody is shown the library as it was.
    assert {asked().engine for _ in range(5)} == {"embedded"}
    run_worker()
    assert waiting() == set()
    assert comes_back()
    assert asked().total == 2


def test_a_server_that_takes_no_writes_still_answers_and_catches_up(
    server: Server, shelf: Shelf, two: tuple[ElasticsearchEngine, EmbeddedEngine]
) -> None:
    # What Elasticsearch does by itself when its disk is nearly full.
    block(server, "true")
    save_and_index(shelf)
    assert waiting() == {("elasticsearch", "b")}
    for _ in range(5):
        assert asked().total == 2
    block(server, "false")
    run_worker()
    assert waiting() == set()
    assert comes_back()
    assert asked().total == 2


def test_a_server_that_comes_back_empty_is_filled_again(
    server: Server, shelf: Shelf, two: tuple[ElasticsearchEngine, EmbeddedEngine]
) -> None:
    server.stop()
    server.wipe()
    server.start()
    assert (asked().engine, asked().total) == ("embedded", 1)
    save_and_index(shelf)
    # A work written to a server that lost all others must not pass for the whole library.
    assert ("elasticsearch", "b") in waiting()
    assert "elasticsearch: rebuilt, 2 works" in run_worker()
    assert comes_back()
    assert asked().total == 2
    assert waiting() == set()


def block(server: Server, value: str) -> None:
    answer = urllib3.request(
        "PUT",
        f"{server.url}/_all/_settings",
        body=f'{{"index.blocks.read_only_allow_delete": {value}}}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status == 200, answer.data
