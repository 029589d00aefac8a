from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest

from resources.thesaurus import labels


@pytest.fixture(autouse=True)
def _fresh_labels() -> Iterator[None]:
    """The table of labels outlives a test's transaction, which is rolled back."""
    labels.forget()
    yield
    labels.forget()


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files keep their names when no other test's lie there."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture
def table() -> Any:
    """A function: rows by column → a CSV file's bytes. Rows have what every row needs unless they say otherwise."""

    def made(*rows: dict[str, object]) -> bytes:
        every = [{"id": "a", "type": "fact-sheet", "language": "en", "title": "A title", **row} for row in rows]
        target = io.StringIO()
        writer = csv.DictWriter(target, list(dict.fromkeys(name for row in every for name in row)))
        writer.writeheader()
        writer.writerows(every)
        return target.getvalue().encode()

    return made
