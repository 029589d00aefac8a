"""Works found by the concepts that a query names."""

from __future__ import annotations

import pytest

from search import concepts
from search.types import Match
from tests.search.shelf import Shelf, Stock, ask, found, page, text, work

pytestmark = pytest.mark.django_db

UNEMPLOYMENT = {
    "en": ["Unemployment insurance"],
    "lo": ["ປະກັນການຫວ່າງງານ"],
    "th": ["ประกันการว่างงาน"],
    "vi": ["Bảo hiểm thất nghiệp"],
}


@pytest.fixture
def themed(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {
        "theme:unemployment": UNEMPLOYMENT,
        "country:VN": {"en": ["Viet Nam", "Vietnam"], "lo": ["ຫວຽດນາມ"], "th": ["เวียดนาม"]},
    }
    concepts.forget()
    about = ("theme:unemployment",)
    stock(
        work("en", text("en", "Income for those who lose work"), concepts=(*about, "country:VN")),
        work("lo", text("lo", "ປະກັນການຫວ່າງງານໃນລາວ"), concepts=about),
        work("words", text("lo", "ກອງທຶນປະກັນການຫວ່າງງານ")),
        work("other", text("en", "Fisheries"), concepts=("country:VN",)),
    )


def test_a_concept_named_in_lao_finds_a_work_in_english_below_those_with_the_words(themed: None) -> None:
    results = ask("ປະກັນການຫວ່າງງານ", ui="en")
    works = [hit.work for hit in results.hits]
    assert set(works[:2]) == {"lo", "words"}
    assert works[2:] == ["en"]
    hit = results.hits[2]
    assert hit.matched == (Match.CONCEPT,)
    assert hit.concepts == (("Unemployment insurance", "Unemployment insurance"),)
    by_work = {each.work: each for each in results.hits}
    assert by_work["lo"].matched == (Match.TEXT, Match.CONCEPT)
    assert by_work["lo"].concepts == (("Unemployment insurance", "ປະກັນການຫວ່າງງານ"),)
    assert by_work["words"].matched == (Match.TEXT, Match.CONCEPT)


@pytest.mark.parametrize(
    "query", ["bảo hiểm thất nghiệp", "bao hiem that nghiep", "Unemployment Insurance", "ประกันการว่างงาน"]
)
def test_a_concept_is_known_by_any_of_its_names(themed: None, query: str) -> None:
    assert "en" in found(query)


def test_a_work_about_both_concepts_comes_before_one_about_one_of_them(themed: None) -> None:
    works = found("unemployment insurance Vietnam")
    assert works[0] == "en"
    assert "other" not in works


def test_a_name_that_is_little_of_the_query_brings_nothing_by_itself(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {"country:VN": {"en": ["Vietnam"]}}
    concepts.forget()
    words = "fund reserve actuary projection boats nets harbours"
    stock(
        *(work(f"w{number}", text("en", words)) for number in range(5)),
        work("other", text("en", "Fisheries"), concepts=("country:VN",)),
    )
    assert "other" not in found(f"{words} Vietnam")
    assert found("Vietnam") == ["other"]


def test_names_that_change_count_at_once_when_they_are_forgotten(themed: None, shelf: Shelf) -> None:
    assert "en" not in found("desemprego")
    shelf.labels = {"theme:unemployment": {"pt": ["Desemprego"]}}
    assert "en" not in found("desemprego")
    concepts.forget()
    assert "en" in found("desemprego")


def test_a_work_found_by_its_concept_shows_where_it_tells_of_it(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {"theme:unemployment": UNEMPLOYMENT}
    concepts.forget()
    pages = (page(1, "Fish."), page(2, "How unemployment insurance is paid."))
    stock(work("en", text("en", "Income"), concepts=("theme:unemployment",), passages=pages))
    (hit,) = ask("ประกันการว่างงาน").hits
    assert [passage.page for passage in hit.passages] == [2]
    assert "<mark>" in hit.passages[0].html


def test_a_text_that_names_a_concept_in_another_script_is_about_it(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {"theme:unemployment": UNEMPLOYMENT}
    concepts.forget()
    stock(work("a", text("en", "Report", "Named ประกันการว่างงาน here")), work("b", text("en", "Fisheries")))
    (hit,) = ask("bảo hiểm thất nghiệp").hits
    assert (hit.work, hit.matched) == ("a", (Match.CONCEPT,))


def test_a_concept_named_in_traditional_characters_finds_works_in_other_languages(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {"theme:unemployment": {**UNEMPLOYMENT, "zh-hans": ["失业保险"]}}
    concepts.forget()
    stock(work("en", text("en", "Unemployment insurance")), work("fish", text("en", "Fisheries")))
    assert found("失業保險") == ["en"]
