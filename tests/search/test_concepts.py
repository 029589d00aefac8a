from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import query_terms
from search.concepts import ConceptTable

TABLE = ConceptTable(
    {
        "insurance": {"en": ["Social insurance"], "th": ["ประกันสังคม"], "vi": ["Bảo hiểm xã hội"]},
        "unemployment": {"en": ["Unemployment insurance", "job loss"], "km": ["ធានារ៉ាប់រងនិកម្មភាព"]},
        "pensions": {"en": ["Pensions"], "pt": ["Pensões"]},
        "old-age": {"en": ["Pensions", "Old-age benefit"]},
    }
)


def named(query: str) -> list[tuple[str, ...]]:
    readings = TABLE.readings(query_terms(query))
    return [span.concepts for span in readings[0].spans] if readings else []


@pytest.mark.parametrize(
    ("query", "concepts"),
    [
        ("social insurance", [("insurance",)]),
        ("SOCIAL  Insurances!", [("insurance",)]),
        ("social", []),
        ("insurance", []),
        ("bao hiem xa hoi", [("insurance",)]),
        ("ระบบประกันสังคมไทย", [("insurance",)]),
        ("ធានារ៉ាប់រងនិកម្មភាពនៅកម្ពុជា", [("unemployment",)]),
        ("unemployment insurance and pensions", [("unemployment",), ("pensions", "old-age")]),
        ("pension", [("pensions", "old-age")]),
        ("pensoes", [("pensions",)]),
        ("old age benefit", [("old-age",)]),
        ("", []),
        ("zebra", []),
    ],
)
def test_labels_are_found_in_queries(query: str, concepts: list[tuple[str, ...]]) -> None:
    assert named(query) == concepts


def test_the_share_says_how_much_of_the_query_is_told_by_names() -> None:
    (alone,) = (reading for reading in TABLE.readings(query_terms("social insurance")) if reading.language == "en")
    (among,) = (
        reading
        for reading in TABLE.readings(query_terms("boats nets harbours fish social insurance"))
        if reading.language == "en"
    )
    assert alone.share == 1
    assert 0.3 < among.share < 0.4


def test_spans_name_the_words_of_the_query_that_they_cover() -> None:
    (reading,) = (each for each in TABLE.readings(query_terms("social insurance fund")) if each.language == "en")
    assert reading.spans[0].words == set(query_terms("social insurance").languages[0].words)


def test_a_label_is_told_in_the_readers_language_else_in_english_else_not() -> None:
    assert TABLE.label("insurance", "th") == "ประกันสังคม"
    assert TABLE.label("insurance", "km") == "Social insurance"
    assert TABLE.label("nobody", "en") == ""


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_query_raises(query: str) -> None:
    for reading in TABLE.readings(query_terms(query)):
        assert 0 <= reading.share <= 1
