"""What a browser is told of the analysis: all of it as JSON, and the words of a text as the engines get them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import index_terms, readable
from search.analysis.for_browsers import tables, words_of
from search.analysis.traditional import simplified
from search.languages import LANGUAGE_CODES
from tests.search.analysis.strategies import text

HELD_BY_JAVASCRIPT_ALONE = re.compile(r"\\[AZzWD]|\(\?P|[^ -~]")


def test_tables_are_json_that_any_file_can_hold() -> None:
    written = json.dumps(tables(), ensure_ascii=False).encode("utf-8")
    assert json.loads(written)["patterns"].keys() == tables()["patterns"].keys()


@pytest.mark.parametrize("name", tables()["patterns"])
def test_no_pattern_keeps_what_only_python_understands(name: str) -> None:
    assert not HELD_BY_JAVASCRIPT_ALONE.search(tables()["patterns"][name])


def test_a_browser_is_told_of_every_traditional_character() -> None:
    told = dict(zip(tables()["traditional"], tables()["simplified"], strict=True))
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    assert told == {letter: simplified(letter) for letter in every if simplified(letter) != letter}
    # The script looks for them among these alone.
    assert all("\u3400" <= letter <= "\u9fff" for letter in told)


@given(text, st.sampled_from(LANGUAGE_CODES))
@settings(max_examples=400, deadline=None)
def test_words_are_those_that_an_engine_stores(written: str, language: str) -> None:
    found = words_of(readable(written), language)
    kept = [word.term for word in found if not word.stop] or [word.term for word in found]
    assert kept == index_terms(written, language).words.split()


def test_neighbours_are_joined_where_nothing_stands_between() -> None:
    found = words_of("ประกันสังคม ไทย 2024 ประกันสังคม", "th")
    told = [(word.folded, word.joined, word.unspaced) for word in found]
    assert told == [
        ("ประกัน", False, "Thai"),
        ("สังคม", True, "Thai"),
        ("ไทย", False, "Thai"),
        ("2024", False, ""),
        ("ประกัน", False, "Thai"),
        ("สังคม", True, "Thai"),
    ]
