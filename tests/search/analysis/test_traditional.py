"""Traditional characters are looked up as simplified ones, and shown as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given

from search.analysis import fold, index_terms, mark, query_terms, readable, word_places
from search.analysis.traditional import simplified
from tests.search.analysis import strategies

PAIRS = [
    ("農民工 失業保險", "农民工 失业保险"),
    ("勞動和社會保障廳", "劳动和社会保障厅"),
    ("養老金與醫療衛生", "养老金与医疗卫生"),
    ("發展中國家的社會保護體系", "发展中国家的社会保护体系"),
    ("頭髮", "头发"),
]


@pytest.mark.parametrize(
    "text", ["", "abc", "ประกันสังคม", "ប្រាក់", "ແຮງງານ", "အလုပ်", "失业保险", "カタカナ", "Việt", "\ud800"]
)
def test_what_is_not_traditional_stays_as_it_is(text: str) -> None:
    assert simplified(text) == text


@pytest.mark.parametrize(("traditional", "simple"), PAIRS)
def test_both_ways_of_writing_have_the_same_terms(traditional: str, simple: str) -> None:
    assert index_terms(traditional, "zh-hans") == index_terms(simple, "zh-hans")
    assert query_terms(traditional) == query_terms(simple)
    assert fold(traditional) == fold(simple)
    assert word_places(traditional) == word_places(simple)


@pytest.mark.parametrize(("traditional", "simple"), PAIRS)
def test_a_text_is_shown_as_it_was_written(traditional: str, simple: str) -> None:
    assert readable(traditional) == traditional
    asked = query_terms(simple)
    words = [word for terms in asked.languages for word in terms.words]
    marked = mark(traditional, "zh-hans", words, asked.clusters)
    assert "<mark>" in marked
    assert marked.replace("<mark>", "").replace("</mark>", "") == traditional


def test_a_character_of_two_steps_is_folded_to_its_last() -> None:
    assert simplified("薴") == simplified("苧") == simplified(simplified("薴"))


@given(strategies.text)
def test_folding_keeps_places_and_is_done_at_once(text: str) -> None:
    folded = simplified(text)
    assert len(folded) == len(text)
    assert simplified(folded) == folded
