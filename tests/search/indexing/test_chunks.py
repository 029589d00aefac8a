from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.indexing.chunks import LONGEST, chunks


def test_nothing_gives_no_part() -> None:
    assert list(chunks("")) == []
    assert list(chunks(" \n ")) == []


def test_a_short_text_is_one_part() -> None:
    assert list(chunks(" Pensions for all. ")) == ["Pensions for all."]


@pytest.mark.parametrize("sentence", ["Benefits are paid monthly. ", "ເງິນບໍານານຈ່າຍທຸກເດືອນ。", "ប្រាក់សោធនបើកជូនរាល់ខែ។ "])
def test_a_long_text_is_parted_at_the_ends_of_sentences(sentence: str) -> None:
    parts = list(chunks(sentence * 60))
    assert len(parts) > 1
    assert all(part.endswith(sentence.strip()[-1]) for part in parts)


def test_paragraphs_part_before_sentences_do() -> None:
    first, second = "A sentence. " * 25, "Another one. " * 25
    assert next(chunks(f"{first}\n\n{second}")) == first.strip()


def test_a_run_without_any_border_is_cut() -> None:
    assert [len(part) for part in chunks("ก" * (LONGEST * 2 + 1))] == [LONGEST, LONGEST, 1]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=3000))
def test_no_part_is_empty_or_too_long_and_nothing_is_lost(text: str) -> None:
    parts = list(chunks(text))
    assert all(0 < len(part) <= LONGEST for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
