from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.runs import GAP, index_pairs, query_pairs


@pytest.mark.parametrize(
    ("clusters", "terms"),
    [("", ""), ("a", "a_"), ("a b", "a_b b_"), ("a b . c", "a_b b_ . c_"), (". a .", ". a_ .")],
)
def test_each_cluster_stands_with_the_one_after_it(clusters: str, terms: str) -> None:
    assert index_pairs(clusters) == terms


@pytest.mark.parametrize(("run", "terms"), [("a", ("a_",)), ("ab", ("a_b",)), ("abc", ("a_b", "b_c"))])
def test_a_run_is_asked_by_its_pairs(run: str, terms: tuple[str, ...]) -> None:
    assert query_pairs(run) == terms


@given(st.text("abกา", min_size=2, max_size=8), st.text("abกา.", max_size=30))
def test_the_phrase_finds_what_the_clusters_hold_and_nothing_else(run: str, text: str) -> None:
    terms = index_pairs(" ".join(text)).split()
    phrase = list(query_pairs(run))
    found = any(terms[at : at + len(phrase)] == phrase for at in range(len(terms)))
    assert found is (run in text)
    assert GAP not in phrase


@given(st.sampled_from("abกา"), st.text("abกา.", max_size=30))
def test_one_cluster_is_the_beginning_of_a_term_wherever_it_stands(cluster: str, text: str) -> None:
    terms = index_pairs(" ".join(text)).split()
    assert any(term.startswith(query_pairs(cluster)[0]) for term in terms) is (cluster in text)
