from __future__ import annotations

import pytest
from django.http import QueryDict

from search.forms import BadParameter, Left, bind_page, bind_program
from search.types import SearchQuery, Sort
from tests.search.shelf import EVERYONE, Shelf

pytestmark = pytest.mark.django_db


def bound(address: str) -> SearchQuery:
    return bind_page(QueryDict(address), ui="en", readers=EVERYONE).query


def left_out(address: str) -> list[tuple[Left, str]]:
    return list(bind_page(QueryDict(address), ui="en", readers=EVERYONE).left_out)


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1.5", "1e9", "٠", "½", "1 2", "0x1", "_1", "00"])
def test_a_page_number_that_is_none_is_the_first_and_is_told(shelf: Shelf, page: str) -> None:
    query = QueryDict(mutable=True)
    query["page"] = page
    result = bind_page(query, ui="en", readers=EVERYONE)
    assert result.query.page == 1
    assert result.left_out == ((Left.PAGE, page),)


@pytest.mark.parametrize(("page", "number"), [("2", 2), (" 3 ", 3), ("", 1), ("007", 7), ("9" * 5000, 999_999_999)])
def test_a_page_number_is_taken_as_it_is_meant(shelf: Shelf, page: str, number: int) -> None:
    assert bound(f"page={page}").page == number
    assert left_out(f"page={page}") == []


@pytest.mark.parametrize(("size", "taken"), [("5", 5), ("500", 50), ("x", 10), ("0", 10), ("", 10)])
def test_a_page_holds_one_to_fifty_results(shelf: Shelf, size: str, taken: int) -> None:
    assert bound(f"page_size={size}").page_size == taken


def test_an_unknown_order_is_relevance_and_is_told(shelf: Shelf) -> None:
    assert bound("sort=title").sort is Sort.TITLE
    assert bound("sort=price").sort is Sort.RELEVANCE
    assert left_out("sort=price") == [(Left.SORT, "price")]


def test_values_come_repeated_or_with_commas_and_once_each(shelf: Shelf) -> None:
    filters = bound("country=VN,TH&country=TH&country=,%20,LA&type=video&colour=red&theme=").filters
    assert filters == {"type": ("video",), "country": ("VN", "TH", "LA")}


def test_of_a_repeated_parameter_the_last_that_says_something_counts(shelf: Shelf) -> None:
    assert bound("q=one&q=two&q=").text == "two"
    assert bound("page=3&page=").page == 3


def test_a_very_long_text_is_cut_and_it_is_told(shelf: Shelf) -> None:
    assert len(bound("q=" + "a" * 10_000).text) == 10_000
    assert left_out("q=" + "a" * 10_000) == []
    assert len(bound("q=" + "a" * 10_001).text) == 10_000
    assert left_out("q=" + "a" * 10_001) == [(Left.TEXT, "")]


@pytest.mark.parametrize("address", ["page=0", "page=x", "page_size=0", "page_size=ten", "sort=price"])
def test_a_program_is_told_what_it_sent_wrong(shelf: Shelf, address: str) -> None:
    with pytest.raises(BadParameter, match=address.partition("=")[0]):
        bind_program(QueryDict(address), ui="en", readers=EVERYONE)


def test_a_program_may_ask_for_a_hundred_results(shelf: Shelf) -> None:
    assert bind_program(QueryDict("page_size=1000"), ui="en", readers=EVERYONE).page_size == 100
