from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from search import service
from search.engines import get_engine
from search.indexing import worker
from search.types import SearchQuery
from tests.search.shelf import Shelf, work

pytestmark = pytest.mark.django_db


def test_migrating_makes_an_outdated_index_anew(shelf: Shelf, index: Path) -> None:
    shelf.put(work("a"))
    worker.drain()
    (index / (index / "CURRENT").read_text() / "about").write_text("an earlier version")
    assert not service.search(SearchQuery()).available
    call_command("migrate", "search", verbosity=0)
    assert service.search(SearchQuery()).total == 1


def test_migrating_brings_a_lost_index_back(shelf: Shelf, index: Path) -> None:
    shelf.put(work("a"))
    worker.drain()
    shutil.rmtree(index)
    call_command("migrate", "search", verbosity=0)
    assert service.search(SearchQuery()).total == 1


def test_migrating_a_new_portal_makes_no_index(shelf: Shelf, index: Path) -> None:
    call_command("migrate", "search", verbosity=0)
    assert not index.exists()


def test_migrating_while_somebody_rebuilds_says_so(shelf: Shelf, index: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf.put(work("a"))
    worker.drain()
    (index / "CURRENT").write_text("nowhere")
    with get_engine().rebuild():
        call_command("migrate", "search", verbosity=0)
    assert "being rebuilt already" in caplog.text
