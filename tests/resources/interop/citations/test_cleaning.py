"""Text in one line."""

from __future__ import annotations

import pytest
from hypothesis import given

from resources.interop.citations.cleaning import one_line
from tests.resources.interop.made import hostile_text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        (" \n\0\u202e ", ""),
        ("ER  - \n\0\nER", "ER - ER"),
        ("a\u2028b\x85c\x0bd", "a b c d"),
        ("in\0side", "inside"),
        ("ភាសា\u200bខ្មែរ", "ភាសា\u200bខ្មែរ"),
    ],
)
def test_runs_of_white_space_are_one_and_what_cannot_be_seen_goes(text: str, cleaned: str) -> None:
    assert one_line(text) == cleaned


@given(hostile_text)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert len(one_line(text).splitlines()) <= 1
