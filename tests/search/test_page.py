"""The view model of the search page: every state is an address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict

from search import service
from search.forms import bind_page
from search.indexing.rebuild import rebuild
from search.page import SearchPage, search_page
from tests.search.shelf import EVERYONE, Shelf, text, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    countries = ("VN", "TH", "KH")
    shelf.works = {
        f"w{number:02}": work(
            f"w{number:02}",
            text("en", f"Pensions {number}"),
            facets={"type": ("video" if number % 2 else "fact-sheet",), "country": (countries[number % 3],)},
        )
        for number in range(60)
    }
    rebuild()
    return shelf


def shown(address: str, path: str = "/en/search/") -> SearchPage:
    bound = bind_page(QueryDict(address), ui="en", readers=EVERYONE)
    return search_page(path, bound, service.search(bound.query))


def params(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def value(page: SearchPage, facet: str, name: str) -> Any:
    found = next(each for each in page.facets if each.name == facet)
    return next(each for each in found.values if each.value == name)


def test_choosing_a_value_keeps_the_text_and_the_other_filters_and_goes_to_the_first_page(library: Shelf) -> None:
    page = shown("q=pensions&type=video&sort=title&page=2&page_size=5")
    assert params(value(page, "country", "VN").url) == {
        "q": ["pensions"],
        "type": ["video"],
        "country": ["VN"],
        "sort": ["title"],
        "page_size": ["5"],
    }


def test_a_second_value_of_a_facet_is_added_and_a_chosen_one_taken_out(library: Shelf) -> None:
    page = shown("q=pensions&country=VN")
    assert params(value(page, "country", "TH").url)["country"] == ["VN", "TH"]
    assert value(page, "country", "VN").selected
    assert params(value(page, "country", "VN").url) == {"q": ["pensions"]}


def test_the_address_of_a_choice_shows_as_many_as_it_promises(library: Shelf) -> None:
    page = shown("q=pensions&type=video")
    promised = value(page, "country", "VN")
    assert shown(urlsplit(promised.url).query).results.total == promised.count


def test_chips_name_the_filters_in_use_and_lead_to_the_page_without_them(library: Shelf) -> None:
    page = shown("q=pensions&type=video&country=VN,TH")
    assert [(chip.facet, chip.label) for chip in page.chips] == [
        ("type", "Video"),
        ("country", "VN in en"),
        ("country", "TH in en"),
    ]
    assert params(page.chips[1].url) == {"q": ["pensions"], "type": ["video"], "country": ["TH"]}
    assert params(page.clear_url) == {"q": ["pensions"]}
    assert shown("").clear_url == "/en/search/"
    assert page.kept == (("type", "video"), ("country", "VN"), ("country", "TH"))


def test_orders_are_links_and_the_current_one_is_marked(library: Shelf) -> None:
    links = {link.label: link for link in shown("q=pensions&sort=newest").sort_links}
    assert links["Newest"].current
    assert not links["Relevance"].current
    assert params(links["Relevance"].url) == {"q": ["pensions"]}
    assert params(links["Title"].url) == {"q": ["pensions"], "sort": ["title"]}


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        (1, [1, 2, 3, 0, 12]),
        (3, [1, 2, 3, 4, 5, 0, 12]),
        (6, [1, 0, 4, 5, 6, 7, 8, 0, 12]),
        (12, [1, 0, 10, 11, 12]),
    ],
)
def test_page_links_hold_the_first_the_last_and_those_around(library: Shelf, page: int, numbers: list[int]) -> None:
    links = shown(f"q=pensions&page_size=5&page={page}").page_links
    assert links is not None
    assert [link.number for link in links.numbers] == numbers
    assert [link.number for link in links.numbers if link.current] == [page]
    assert bool(links.previous) is (page > 1)
    assert bool(links.next) is (page < 12)


def test_one_page_needs_no_links(library: Shelf) -> None:
    assert shown("q=pensions&type=video&country=VN").page_links is None


def test_hits_are_numbered_over_pages(library: Shelf) -> None:
    page = shown("q=pensions&page=2")
    assert (page.first, page.last) == (11, 20)
    assert (shown("q=zebra").first, shown("q=zebra").last) == (0, 0)


def test_what_was_left_out_is_said(library: Shelf) -> None:
    page = shown("q=pensions&page=x&page_size=y&sort=z&type=nonsense")
    assert len(page.notes) == 4
    assert "nonsense" in " ".join(page.notes)
    assert "Type" in " ".join(page.notes)


def test_a_page_past_the_end_says_so_and_leads_back(library: Shelf) -> None:
    page = shown("q=pensions&page=99")
    assert page.notes == ("There is no page 99: the last page is 6.",)
    assert page.page_links is not None
    assert params(page.page_links.previous)["page"] == ["6"]
    assert page.page_links.next == ""


def test_that_search_is_down_is_said(shelf: Shelf) -> None:
    (note,) = shown("q=pensions").notes
    assert "not available" in note


def test_that_only_some_words_are_held_is_said(library: Shelf) -> None:
    (note,) = shown("q=pensions+zebra").notes
    assert "some of them" in note


def test_suggestions_lead_to_their_own_search_among_what_was_chosen(library: Shelf) -> None:
    page = shown("q=pensiuns&type=video&sort=title&page=2")
    ((words, url),) = page.suggestions
    assert words == "pensions"
    assert params(url) == {"q": [words], "type": ["video"], "sort": ["title"]}


def test_that_results_are_only_similar_is_said(library: Shelf) -> None:
    (note,) = shown("q=pensiuns").notes
    assert "similar" in note


def test_text_and_values_are_safe_in_addresses(library: Shelf) -> None:
    page = shown("q=%26page%3D2+%22%3C%23&country=VN")
    assert params(page.chips[0].url) == {"q": ['&page=2 "<#']}
