"""Facets, the order of results, and pages of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.types import Sort
from tests.search.shelf import Shelf, Stock, ask, found, text, work

pytestmark = pytest.mark.django_db


def test_facets_have_labels_in_the_readers_language_and_their_own_order(stock: Stock) -> None:
    stock(
        work("a", facets={"type": ("video",), "country": ("TH", "KH"), "year": ("2019",)}),
        work("b", facets={"type": ("fact-sheet",), "country": ("TH",), "year": ("2021",)}),
        work("c", facets={"type": ("fact-sheet",), "year": ("2020",)}),
    )
    facets = {facet.name: facet for facet in ask("", ui="km").facets}
    assert [(value.label, value.count) for value in facets["type"].values] == [("Fact sheet", 2), ("Video", 1)]
    assert [value.label for value in facets["country"].values] == ["KH in km", "TH in km"]
    assert [value.value for value in facets["year"].values] == ["2021", "2020", "2019"]


def test_a_tree_facet_lists_children_below_their_parents(stock: Stock) -> None:
    stock(
        work("a", facets={"theme": ("insurance", "pensions")}),
        work("b", facets={"theme": ("insurance", "unemployment")}),
        work("c", facets={"theme": ("insurance", "unemployment")}),
        work("d", facets={"theme": ("assistance",)}),
    )
    theme = next(facet for facet in ask("").facets if facet.name == "theme")
    assert [(value.value, value.depth, value.count) for value in theme.values] == [
        ("insurance", 0, 3),
        ("unemployment", 1, 2),
        ("pensions", 1, 1),
        ("assistance", 0, 1),
    ]


def test_a_chosen_value_stays_in_sight_though_nothing_has_it(stock: Stock) -> None:
    stock(work("a", facets={"type": ("fact-sheet",), "country": ("VN",)}))
    results = ask("", filters={"country": ("VN",), "type": ("video",)})
    assert results.total == 0
    values = next(facet for facet in results.facets if facet.name == "type").values
    assert [(value.value, value.count, value.selected) for value in values] == [
        ("fact-sheet", 1, False),
        ("video", 0, True),
    ]


def test_unknown_values_and_facets_are_ignored_and_told(stock: Stock) -> None:
    stock(work("a"))
    results = ask("", filters={"type": ("nonsense", "fact-sheet"), "colour": ("red",)})
    assert results.total == 1
    assert results.ignored == (("type", "nonsense"), ("colour", "red"))
    assert results.query.filters == {"type": ("fact-sheet",)}


@pytest.mark.parametrize(
    ("given", "chosen", "works"),
    [
        ({"type": ("FACT-SHEET",)}, {"type": ("fact-sheet",)}, 2),
        ({"type": ("Video", "video", "VIDEO")}, {"type": ("video",)}, 1),
        ({"type": ("Fact_Sheet",)}, {}, 3),
        ({"type": ("ﬁlm", "ß", "İ", "\ud800")}, {}, 3),
        ({"country": ("vn",)}, {"country": ("VN",)}, 1),
        ({"country": ("vN", "Th")}, {"country": ("VN", "TH")}, 2),
        ({"language": ("zh-Hans",)}, {"language": ("zh-hans",)}, 1),
        ({"language": ("ZH-HANS", "FIL")}, {"language": ("zh-hans", "fil")}, 2),
    ],
)
def test_a_value_is_known_however_its_letters_are_typed(
    stock: Stock, shelf: Shelf, given: dict[str, tuple[str, ...]], chosen: dict[str, tuple[str, ...]], works: int
) -> None:
    codes = {"country": {"VN", "TH", "KH"}, "language": {"en", "fil", "zh-hans"}}
    shelf.facets = [
        replace(facet, known=codes[facet.name].__contains__) if facet.name in codes else facet for facet in shelf.facets
    ]
    stock(
        work("a", text("zh-hans", "失业保险"), facets={"type": ("fact-sheet",), "language": ("zh-hans",)}),
        work("b", facets={"type": ("fact-sheet",), "country": ("VN",), "language": ("fil",)}),
        work("c", facets={"type": ("video",), "country": ("TH",)}),
    )
    results = ask("", filters=given)
    assert (results.query.filters, results.total) == (chosen, works)


def test_titles_sort_for_the_reader_by_the_version_that_he_sees(stock: Stock) -> None:
    stock(
        work("a", text("en", "Zebra"), text("pt", "Água")),
        work("b", text("en", "apple"), text("pt", "Zona")),
        work("c", text("th", "กองทุน")),
    )
    assert found("", sort=Sort.TITLE, ui="en") == ["b", "a", "c"]
    assert found("", sort=Sort.TITLE, ui="pt") == ["a", "b", "c"]
    assert found("", sort=Sort.TITLE, ui="th") == ["c", "b", "a"]


def test_a_page_past_the_end_is_empty_and_says_so(stock: Stock) -> None:
    stock(*(work(f"w{number}") for number in range(12)))
    results = ask("work", page=3)
    assert (results.total, results.hits, results.pages, results.past_the_end) == (12, (), 2, True)
    assert len(ask("work", page=2).hits) == 2
    assert ask("work", page=10**30).total == 12
