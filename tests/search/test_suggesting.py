"""Completions of what is being typed."""

from __future__ import annotations

import pytest

from search import service
from tests.search.shelf import EVERYONE, Stock, text, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("soc", "Social insurance"),
        ("social ins", "Social insurance"),
        ("insur", "Social insurance"),
        ("SOCIAL  INS", "Social insurance"),
        ("protecao", "Proteção social"),
        ("ประกัน", "กองทุนประกันสังคม"),
        ("ประกันสั", "กองทุนประกันสังคม"),
        ("សន្តិ", "សន្តិសុខសង្គម"),
    ],
)
def test_titles_are_completed_in_any_language(stock: Stock, typed: str, title: str) -> None:
    stock(
        work("a", text("en", "Social insurance"), text("pt", "Proteção social")),
        work("b", text("th", "กองทุนประกันสังคม")),
        work("c", text("km", "សន្តិសុខសង្គម")),
        work("d", text("en", "Fisheries")),
    )
    assert [each.text for each in service.suggest(typed, "en", EVERYONE)] == [title]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("s", "Social insurance"),
        ("soc", "Social insurance"),
        ("social ins", "Social insurance"),
        ("for", "Forms of social insurance"),
        ("ประ", "ประกันสังคม"),
        ("ประกันสัง", "ประกันสังคม"),
    ],
)
def test_titles_that_begin_with_what_was_typed_come_first(stock: Stock, typed: str, first: str) -> None:
    stock(
        work("a", text("en", "Insurance for social workers, forms and social services")),
        work("b", text("en", "Forms of social insurance")),
        work("c", text("en", "Social insurance")),
        work("d", text("th", "กองทุนประกันสังคม")),
        work("e", text("th", "ประกันสังคม")),
    )
    assert service.suggest(typed, "en", EVERYONE)[0].text == first


def test_a_title_is_completed_however_many_words_begin_like_it(stock: Stock) -> None:
    stock(
        *(work(f"w{number:02}", text("en", f"Social sa{number:02}")) for number in range(80)),
        work("right", text("en", "Social security")),
    )
    texts = [each.text for each in service.suggest("social sec", "en", EVERYONE)]
    assert texts == ["Social security"]
    assert len(service.suggest("social s", "en", EVERYONE)) == 10


def test_words_of_different_versions_complete_nothing_together(stock: Stock) -> None:
    stock(work("a", text("en", "Social insurance"), text("pt", "Proteção social")))
    assert service.suggest("insurance prot", "en", EVERYONE) == ()


def test_a_completion_leads_to_the_version_that_holds_it(stock: Stock) -> None:
    stock(work("a", text("en", "Social insurance"), text("pt", "Proteção social")))
    (suggestion,) = service.suggest("prote", "en", EVERYONE)
    assert (suggestion.kind, suggestion.language, suggestion.url) == ("work", "pt", "/pt/Proteção soc/")


def test_what_the_sources_offer_comes_first(stock: Stock) -> None:
    stock(work("a", text("en", "Pensions for all")))
    assert [each.kind for each in service.suggest("pen", "en", EVERYONE)] == ["theme", "work"]


@pytest.mark.parametrize("typed", ["", " ", "?", "-"])
def test_nothing_typed_completes_to_nothing(stock: Stock, typed: str) -> None:
    stock(work("a"))
    assert service.suggest(typed, "en", EVERYONE) == ()
