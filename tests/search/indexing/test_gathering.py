from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import OperationalError

from search import registry
from search.engines.base import EngineDocument
from search.indexing import gathering
from search.types import SearchDocument
from tests.bench.works import MadeWorks
from tests.search.shelf import Shelf, work

WORKS = 60


class Flawed(MadeWorks):
    """Made works, two of which cannot be read or prepared."""

    def documents(self, works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        for document in super().documents(works):
            if document.work == "work-7":
                raise LookupError("work-7 cannot be read")
            yield work("work-8", None) if document.work == "work-8" else document  # type: ignore[arg-type]


class Deadly(MadeWorks):
    """Made works, one of which ends whoever reads it in a child."""

    def documents(self, works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        for document in super().documents(works):
            if document.work == "work-30" and multiprocessing.parent_process() is not None:
                os._exit(9)
            yield document


class Unreachable(MadeWorks):
    """Made works in a database that is away."""

    def documents(self, works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        raise OperationalError("the database is away")


@pytest.fixture
def children(shelf: Shelf, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Children are used from the first work on; what they read here is in no database."""
    registry.unregister(shelf.name)
    settings.SEARCH_INDEX_PROCESSES = 2
    monkeypatch.setattr(gathering, "ALONE_SECONDS", -1.0)
    monkeypatch.setattr(gathering, "_children_can_read", lambda: True)


def all_gathered(source: registry.SearchSource) -> tuple[list[EngineDocument], list[str]]:
    registry.register(source)
    try:
        found = list(gathering.gathered({"work-3": 5}))
    finally:
        registry.unregister(source.name)
    return [document for each in found for document in each.documents], [work for each in found for work in each.broken]


@pytest.mark.usefixtures("children")
def test_children_give_what_one_process_gives_and_a_work_that_cannot_be_read_stops_no_other(settings: Any) -> None:
    source = Flawed(WORKS, 60, pages=2)
    documents, broken = all_gathered(source)
    settings.SEARCH_INDEX_PROCESSES = 1
    assert documents == [
        document for document in all_gathered(MadeWorks(WORKS, 60, pages=2))[0] if document.work not in broken
    ]
    assert broken == ["work-7", "work-8"]
    assert {document.work: document.version for document in documents}["work-3"] == 5


@pytest.mark.usefixtures("children")
def test_works_of_a_child_that_dies_are_read_by_its_parent(caplog: pytest.LogCaptureFixture) -> None:
    documents, broken = all_gathered(Deadly(WORKS, 30))
    assert [document.work for document in documents] == [f"work-{number}" for number in range(WORKS)]
    assert not broken
    assert "has ended" in caplog.text


@pytest.mark.usefixtures("children")
def test_a_database_that_is_away_is_no_works_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "ALONE_SECONDS", 60.0)
    with pytest.raises(OperationalError, match="away"):
        all_gathered(Unreachable(WORKS, 30))


def test_a_source_that_cannot_be_handed_over_is_read_here(
    shelf: Shelf, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_INDEX_PROCESSES = 2
    monkeypatch.setattr(gathering, "ALONE_SECONDS", -1.0)
    monkeypatch.setattr(gathering, "_children_can_read", lambda: True)
    shelf.works = {key: work(key) for key in "abc"}
    found = [document.work for each in gathering.gathered({}) for document in each.documents]
    assert found == ["a", "b", "c"]
