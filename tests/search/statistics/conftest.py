from __future__ import annotations

import pytest
from django.test import Client

from search.indexing.rebuild import rebuild
from tests.search.conftest import shelf
from tests.search.shelf import Shelf, text, work

__all__ = ["shelf"]

BROWSER = "Mozilla/5.0 (Linux; Android 14; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile"


@pytest.fixture
def visitor() -> Client:
    """A person with a browser."""
    return Client(headers={"user-agent": BROWSER})


@pytest.fixture
def library(db: None, shelf: Shelf) -> Shelf:
    """Twelve works on pensions, one of them in Thai."""
    shelf.works = {f"w{number}": work(f"w{number}", text("en", f"Pensions {number}")) for number in range(11)}
    shelf.works["th"] = work("th", text("th", "บำนาญ"), facets={"type": ("video",), "language": ("th",)})
    rebuild()
    return shelf
