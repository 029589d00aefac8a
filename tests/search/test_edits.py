"""Edits between words and between runs of grapheme clusters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.edits import distance, nearest_part

WORDS = st.text(alphabet="abcd", max_size=8)
RUNS = st.lists(st.sampled_from(["ก", "กา", "ข", "ង", "ค"]), max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("", "", 0),
        ("", "ab", 2),
        ("pension", "pension", 0),
        ("pension", "pensions", 1),
        ("pension", "pensoin", 1),
        ("pension", "tension", 1),
        ("pension", "pnsion", 1),
        ("abcd", "badc", 2),
        ("pension", "mention", 2),
        ("pension", "fish", 3),
        ("a", "a" * 500, 3),
    ],
)
def test_letters_left_out_put_in_taken_for_another_or_swapped_count_one(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) == edits


@given(WORDS, WORDS, st.integers(min_value=0, max_value=9))
def test_a_limit_changes_only_what_is_beyond_it(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(distance(one, other, 20), most + 1)


@pytest.mark.parametrize(
    ("run", "text", "found"),
    [
        ("", "", None),
        ("abc", "", None),
        ("abcd", "xxabcdxx", (0.0, "abcd")),
        ("abcd", "xxabXdxx", (1.0, "abXd")),
        ("abcd", "xxabdxx", (1.0, "abd")),
        ("abcd", "xxabXcdxx", (1.0, "abXcd")),
        ("abcd", "xxacbdxx", (1.0, "acbd")),
        ("abcd", "abcX", (1.0, "abcX")),
        ("abcd", "xyz", None),
    ],
)
def test_the_nearest_part_of_a_text_is_found(run: str, text: str, found: tuple[float, str] | None) -> None:
    near = nearest_part(tuple(run), tuple(text), 1.0)
    assert (near and (near[0], "".join(near[1]))) == found


def test_another_mark_on_the_same_letter_is_half_a_mistake() -> None:
    assert nearest_part(("ป", "กา", "น"), ("ป", "กั", "น"), 1.0) == (0.5, ("ป", "กั", "น"))
    assert nearest_part(("ป", "ขา", "น"), ("ป", "กั", "น"), 0.9) is None


@given(RUNS, RUNS, RUNS)
def test_a_run_is_found_wherever_it_stands(before: list[str], run: list[str], after: list[str]) -> None:
    near = nearest_part(run, [*before, *run, *after], 0.0)
    assert near == (None if not before + run + after else (0.0, tuple(run)))
