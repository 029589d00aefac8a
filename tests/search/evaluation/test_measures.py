"""Measures by examples that can be worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from search.evaluation.measures import chance, ndcg, r_precision, recall, reciprocal_rank


def test_nothing_found_measures_nothing() -> None:
    assert reciprocal_rank([], {"a"}) == ndcg([], {"a": 2}) == recall([], {"a"}) == r_precision([], {"a"}) == 0


def test_where_nothing_is_right_nothing_can_be_missed() -> None:
    assert recall(["a"], set()) == r_precision(["a"], set()) == 1
    assert reciprocal_rank(["a"], set()) == ndcg(["a"], {"a": 0}) == 0


@pytest.mark.parametrize(("rank", "measured"), [(1, 1.0), (2, 0.5), (10, 0.1), (11, 0.0)])
def test_the_reciprocal_rank_is_that_of_the_first_right_one_among_ten(rank: int, measured: float) -> None:
    ranked = [f"wrong {number}" for number in range(1, rank)] + ["right", "also right"]
    assert reciprocal_rank(ranked, {"right", "also right"}) == measured


def test_ndcg_weighs_grades_by_rank() -> None:
    found = ndcg(["useful", "wrong", "right"], {"right": 2, "useful": 1})
    assert found == pytest.approx((1 + 2 / log2(4)) / (2 + 1 / log2(3)))
    assert ndcg(["right", "useful"], {"right": 2, "useful": 1}) == 1


def test_ndcg_of_ten_asks_for_no_more_than_ten() -> None:
    grades = {f"right {number}": 1 for number in range(20)}
    assert ndcg(list(grades)[:10], grades) == pytest.approx(1)


def test_recall_counts_to_its_depth_and_r_precision_to_the_number_of_right_ones() -> None:
    ranked = ["a", "wrong", "b"]
    assert recall(ranked, {"a", "b"}, 2) == 0.5
    assert recall(ranked, {"a", "b"}, None) == 1
    assert r_precision(ranked, {"a", "b"}) == 0.5


def test_chance_tells_luck_from_a_difference() -> None:
    assert chance([0.0] * 50) == 1
    assert chance([0.5, -0.5]) > 0.9
    assert chance([0.3] * 20) < 0.01
    assert chance([-0.3] * 20) == chance([0.3] * 20)
