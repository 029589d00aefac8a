"""The plain line of a work's page, whatever is known of the work."""

from __future__ import annotations

import pytest

from resources.interop.citations import line
from resources.interop.record import Record


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "A guide. https://x.example/"),
        ({"year": 2020}, "A guide (2020). https://x.example/"),
        ({"publisher": "Lumbung"}, "Lumbung. A guide. https://x.example/"),
        (
            {"authors": ("A", "B"), "publisher": "Lumbung", "year": 2020},
            "A & B (2020). A guide. Lumbung. https://x.example/",
        ),
        ({"authors": (" ", ""), "year": 2020}, "A guide (2020). https://x.example/"),
        ({"title": "Who pays?", "authors": ("A",)}, "A. Who pays? https://x.example/"),
        ({"url": ""}, "A guide."),
    ],
)
def test_what_is_not_known_is_left_out(fields: dict[str, object], said: str) -> None:
    known = {"title": "A guide", "url": "https://x.example/", **fields}
    assert line(Record(identifier="1", type="publication", language="en", **known)) == said
