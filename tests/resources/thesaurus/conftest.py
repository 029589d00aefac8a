from __future__ import annotations

from collections.abc import Iterator

import pytest

from resources.thesaurus import labels


@pytest.fixture(autouse=True)
def _fresh_labels() -> Iterator[None]:
    """The table of labels outlives a test's transaction, which is rolled back."""
    labels.forget()
    yield
    labels.forget()
