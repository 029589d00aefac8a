"""How a work is cited, whatever of it is known."""

from __future__ import annotations

import pytest

from resources.models import PublicationPage
from resources.reading.citation import citation


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "A guide. https://x"),
        ({"year": 2020}, "A guide (2020). https://x"),
        ({"publisher": "Lumbung"}, "Lumbung. A guide. https://x"),
        ({"authors": "A; B", "publisher": "Lumbung", "year": 2020}, "A & B (2020). A guide. Lumbung. https://x"),
        ({"authors": " ; ", "year": 2020}, "A guide (2020). https://x"),
    ],
)
def test_what_is_not_known_is_left_out(fields: dict[str, object], line: str) -> None:
    assert citation(PublicationPage(title="A guide", **fields), "https://x") == line
