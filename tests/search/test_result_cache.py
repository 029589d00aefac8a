from __future__ import annotations

import time
from dataclasses import replace

import pytest
from django.utils.translation import override

from search import concepts, result_cache, service
from search.engines import get_engine
from search.indexing import worker
from search.types import SearchQuery, SearchResults, Sort
from tests.search.shelf import Shelf, text, work

pytestmark = pytest.mark.django_db

QUERY = SearchQuery("pensions")


@pytest.fixture
def asked(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that were really asked, of an index with one work."""
    result_cache.clear()
    shelf.put(work("a", text("en", "Pensions")))
    worker.drain()
    found: list[str] = []
    really = service._search

    def noting(*arguments: object) -> object:
        found.append(QUERY.text)
        return really(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(service, "_search", noting)
    return found


def test_the_same_query_is_asked_once(asked: list[str]) -> None:
    first, second = service.search(QUERY), service.search(replace(QUERY))
    assert len(asked) == 1
    assert second.hits == first.hits
    assert second.query == first.query


def test_what_is_published_shows_at_once(asked: list[str], shelf: Shelf) -> None:
    assert service.search(QUERY).total == 1
    shelf.put(work("b", text("en", "More pensions")))
    worker.drain()
    assert service.search(QUERY).total == 2
    shelf.take("a")
    worker.drain()
    assert [hit.work for hit in service.search(QUERY).hits] == ["b"]


def test_what_is_published_between_two_queries_shows_at_once(asked: list[str], shelf: Shelf) -> None:
    assert service.search(SearchQuery("benefits")).total == 0
    shelf.put(work("b", text("en", "More pensions")))
    worker.drain()
    # Found anew, yet kept under what was known of the index before the change.
    assert [service.search(QUERY).total for _time in range(3)] == [2, 2, 2]
    shelf.take("a")
    worker.drain()
    assert [service.search(QUERY).total for _time in range(2)] == [1, 1]
    assert len(asked) == 4


def test_a_new_query_is_answered_without_asking_whether_the_index_has_changed(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    service.search(QUERY)
    monkeypatch.setattr(type(get_engine()), "stamp", lambda _engine: pytest.fail("asked for nothing"))
    assert service.search(SearchQuery("pension")).total == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "pension"},
        {"ui": "th"},
        {"page": 2},
        {"page_size": 3},
        {"sort": Sort.TITLE},
        {"filters": {"type": ("video",)}},
        {"readers": frozenset({"public", "7"})},
    ],
)
def test_another_query_has_another_answer(asked: list[str], changes: dict[str, object]) -> None:
    service.search(QUERY)
    service.search(replace(QUERY, **changes))  # type: ignore[arg-type]
    assert len(asked) == 2


def test_other_names_of_concepts_or_another_language_of_labels_make_another_answer(
    asked: list[str], shelf: Shelf
) -> None:
    service.search(QUERY)
    with override("th"):
        service.search(QUERY)
    assert len(asked) == 2
    shelf.labels = {"theme:x": {"en": ["Pensions"]}}
    concepts.forget()
    service.search(QUERY)
    assert len(asked) == 3


def test_unknown_values_are_told_each_time(asked: list[str]) -> None:
    service.search(QUERY)
    assert service.search(replace(QUERY, filters={"type": ("nonsense",)})).ignored == (("type", "nonsense"),)


def test_an_answer_is_forgotten_after_a_minute(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    service.search(QUERY)
    later = time.monotonic() + 61
    monkeypatch.setattr(result_cache.time, "monotonic", lambda: later)
    service.search(QUERY)
    assert len(asked) == 2


def test_that_the_index_is_gone_is_not_remembered_nor_hidden(asked: list[str], shelf: Shelf) -> None:
    assert service.search(QUERY).available
    engine = get_engine()
    (engine._storage.root / "CURRENT").unlink()  # type: ignore[attr-defined]
    assert not service.search(QUERY).available
    with engine.rebuild() as side:
        side.publish()
    assert service.search(QUERY).available


def test_of_many_answers_the_one_that_nobody_asked_for_longest_goes(asked: list[str]) -> None:
    results, engine = service.search(QUERY), get_engine()
    found: list[int] = []

    def ask(number: int) -> None:
        def find() -> SearchResults:
            found.append(number)
            return results

        result_cache.get_or_find(engine, SearchQuery(f"pensions {number}"), (), find)

    for number in (*range(256), 0, 256):
        ask(number)
    assert found == list(range(257))
    ask(0)
    ask(1)
    assert found[257:] == [1]


def test_a_very_long_query_is_not_kept(asked: list[str]) -> None:
    long = SearchQuery("pensions " * 100)
    service.search(long)
    service.search(long)
    assert len(asked) == 2
