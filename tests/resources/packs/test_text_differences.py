"""Two texts side by side: nothing of either is lost, and what is marked is whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.packs.text_differences import cut, two_sides
from tests.resources.packs.made import NOTES

texts = st.text(max_size=80) | st.sampled_from(list(NOTES.values()))


@given(one=texts, other=texts)
def test_the_pieces_are_the_texts_and_what_is_not_marked_is_in_both(one: str, other: str) -> None:
    left, right = two_sides(one, other)
    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == other
    assert [piece.text for piece in left if not piece.differs] == [piece.text for piece in right if not piece.differs]
    if one == other:
        assert not any(piece.differs for piece in left)


@pytest.mark.parametrize("language", NOTES)
def test_a_word_that_was_put_in_is_all_that_is_marked(language: str) -> None:
    text = NOTES[language]
    words = list(cut(text))
    middle = len(words) // 2
    other = "".join([*words[:middle], " 2026 ", *words[middle:]])
    left, right = two_sides(text, other)
    assert "".join(piece.text for piece in right if piece.differs).strip() == "2026"
    assert not "".join(piece.text for piece in left if piece.differs).strip()


@pytest.mark.parametrize("language", ["th", "km", "lo", "my", "zh-hans"])
def test_words_are_told_apart_where_no_spaces_are(language: str) -> None:
    assert len(cut(NOTES[language])) > 10


def test_a_long_text_of_one_word_is_no_burden() -> None:
    left, right = two_sides("a " * 20_000, "a " * 20_001)
    assert "".join(piece.text for piece in right) == "a " * 20_001
    assert left


def test_texts_made_to_take_long_are_told_apart_at_once() -> None:
    one, other = "x" + "a b " * 499 + "y", "z" + "a c " * 499 + "w"
    left, right = two_sides(one, other)
    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == other
    # Each word of such a text was looked for at all places of it, again and again: now none is.
    assert len(left) + len(right) < 10
