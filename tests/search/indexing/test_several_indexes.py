"""Two engines keep an index each: a change reaches both, and one that fails holds up neither editors nor visitors."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search import service
from search.engines import answering, engines, use
from search.engines.base import Deletion, SearchEngine
from search.engines.embedded import EmbeddedEngine
from search.errors import IndexMissing, IndexUnavailable, QuestionRefused
from search.indexing import outbox, worker
from search.indexing.rebuild import rebuild
from search.indexing.upgrade import rebuild_if_unfit
from search.models import OutboxEntry
from search.types import SearchQuery, SearchResults
from tests.search.shelf import EVERYONE, Shelf, page, text, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(shelf: Shelf, tmp_path: Path) -> Iterator[tuple[EmbeddedEngine, EmbeddedEngine]]:
    """The first is asked first."""
    first, second = EmbeddedEngine(tmp_path / "first"), EmbeddedEngine(tmp_path / "second")
    first.name = "first"
    answering.forget()
    with use(first, second):
        yield first, second
    answering.forget()


def asked(words: str = "") -> SearchResults:
    return service.search(SearchQuery(words))


def lose(index: Path) -> None:
    shutil.rmtree(index)


def test_a_change_reaches_every_index(shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine]) -> None:
    shelf.put(work("a"), work("b"))
    shelf.take("b")
    worker.drain()
    for engine in two:
        assert [indexed.work for indexed in engine.documents()] == ["a"]
    assert asked().engine == "first"
    assert not OutboxEntry.objects.pending().exists()


def test_another_engine_answers_for_one_that_fails(
    shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine], tmp_path: Path
) -> None:
    shelf.put(work("a", text("en", "Pensions"), passages=(page(1, "old age pensions"),)))
    worker.drain()
    lose(tmp_path / "first")
    assert (asked("pensions").total, asked("pensions").engine) == (1, "embedded")
    assert len(service.search_inside("a", "pensions", EVERYONE)) == 1
    assert [each.text for each in service.suggest("pensi", "en", EVERYONE) if each.kind == "work"] == ["Pensions"]
    assert service.health().index_ok


def test_an_engine_that_failed_is_asked_again_once_it_is_well(
    shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(work("a"))
    worker.drain()
    monkeypatch.setattr(answering, "PAUSE", 0.0)
    lose(tmp_path / "first")
    assert asked().engine == "embedded"
    rebuild(engine=two[0])
    deadline = time.monotonic() + 20
    while asked().engine != "first" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert asked().engine == "first"


def test_an_engine_that_is_well_again_is_not_asked_before_it_has_caught_up(
    shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(work("a"))
    worker.drain()
    monkeypatch.setattr(answering, "PAUSE", 0.0)
    answering.failed(two[0], IndexUnavailable("Too slow."))
    # Withdrawn while nobody writes to the first.
    shelf.take("a")
    worker.drain_into(two[1])
    deadline = time.monotonic() + 20
    while not answering.may_be_written(two[0]) and time.monotonic() < deadline:
        asked()
        time.sleep(0.01)
    assert (asked().engine, asked().total) == ("embedded", 0)
    worker.drain()
    assert (asked().engine, asked().total) == ("first", 0)


def test_an_engine_that_fails_again_before_it_caught_up_holds_up_no_editor(
    shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine]
) -> None:
    answering.failed(two[0], IndexUnavailable("Too slow."))
    answering._breakers[two[0]].is_found_well = True
    assert answering.may_be_written(two[0])
    answering.failed(two[0], IndexUnavailable("Too slow again."))
    assert not answering.may_be_written(two[0])


def test_a_question_that_an_engine_refuses_is_no_illness(
    shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine]
) -> None:
    def odd(engine: SearchEngine) -> str:
        if engine is two[0]:
            raise QuestionRefused("Too many clauses.")
        return engine.name

    shelf.put(work("a"))
    worker.drain()
    assert answering.ask(odd) == "embedded"
    assert asked().engine == "first"


def test_nobody_waits_twice_for_an_engine_that_fails(
    shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(work("a"))
    worker.drain()
    calls: list[str] = []

    def failing(*_arguments: object) -> None:
        calls.append(threading.current_thread().name)
        raise IndexUnavailable("Too slow.")

    monkeypatch.setattr(two[0], "stamp", failing)
    assert [asked(words).engine for words in ("a", "b", "c")] == ["embedded"] * 3
    assert len(calls) == 1


def test_when_no_engine_can_answer_the_answer_says_so(
    shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine], tmp_path: Path
) -> None:
    shelf.put(work("a"))
    worker.drain()
    lose(tmp_path / "first")
    lose(tmp_path / "second")
    assert not asked().available
    assert not service.health().index_ok
    with pytest.raises(IndexMissing):
        answering.ask(lambda engine: engine.stamp())


def test_what_one_index_missed_stays_in_the_outbox_for_it_alone(
    shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine], tmp_path: Path
) -> None:
    shelf.put(work("a"))
    worker.drain()
    lose(tmp_path / "first")
    shelf.put(work("b"))
    with pytest.raises(IndexMissing):
        worker.drain()
    assert [entry.index for entry in OutboxEntry.objects.pending()] == ["first"]
    assert outbox.health().waiting == 1
    assert asked().total == 2
    # An engine that is known to fail holds up no editor: the worker sees to it.
    assert worker.drain() == worker.Drained()
    out = StringIO()
    call_command("run_worker", "--once", stdout=out)
    assert "first: rebuilt, 2 works" in out.getvalue()
    assert {indexed.work for indexed in two[0].documents()} == {"a", "b"}


def test_an_index_that_comes_to_one_that_stands_is_filled_whole(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(work("a"), work("b"))
    worker.drain()
    newcomer = EmbeddedEngine(tmp_path / "newcomer")
    newcomer.name = "newcomer"
    with use(newcomer, *engines()):
        shelf.put(work("c"))
        with pytest.raises(IndexMissing):
            worker.drain()
        rebuild_if_unfit()
        assert {indexed.work for indexed in newcomer.documents()} == {"a", "b", "c"}
    answering.forget()


def test_an_index_that_was_away_is_made_anew(shelf: Shelf, tmp_path: Path) -> None:
    visitor = EmbeddedEngine(tmp_path / "visitor")
    visitor.name = "visitor"
    with use(visitor, *engines()):
        shelf.put(work("a"))
        worker.drain()
    # Without it, a work comes that it never hears of, and one is withdrawn that it has.
    shelf.put(work("b"))
    shelf.take("a")
    worker.drain()
    with use(visitor, *engines()):
        rebuild_if_unfit()
        worker.drain()
        assert {indexed.work for indexed in visitor.documents()} == {"b"}
        stamp = visitor.stamp()
        rebuild_if_unfit()
        assert visitor.stamp() == stamp


def test_check_and_repair_tell_of_each_index(shelf: Shelf, two: tuple[EmbeddedEngine, EmbeddedEngine]) -> None:
    shelf.put(work("a"))
    worker.drain()
    two[1].write([], [Deletion("a", 5)])
    out = StringIO()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("search_index", "--check", stdout=out)
    assert "first: the index holds what the database says." in out.getvalue()
    assert "embedded: missing: a Work a" in out.getvalue()
    call_command("search_index", "--repair", stdout=StringIO())
    assert [indexed.work for indexed in two[1].documents()] == ["a"]
    call_command("search_index", "--check", stdout=StringIO())
