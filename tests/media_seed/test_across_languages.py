"""A concept asked for in any language finds the works about it in every other, on the demonstration library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from resources.models import Country
from resources.places import country_names
from resources.thesaurus import labels, skos
from search import concepts, service
from search.concepts import Strength, concept_table, concept_term
from search.engines import get_engine
from search.engines.base import EngineQuery
from search.engines.clauses import Best, Clause, Term
from search.fields import CONCEPTS
from search.languages import LANGUAGE_CODES
from search.ranking import understand, works_clause
from search.types import PUBLIC, Match, SearchQuery

pytestmark = pytest.mark.django_db

SEED = Path(__file__).resolve().parents[2] / "media_seed" / "thesaurus.ttl"
MEMBERS = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN")


@pytest.fixture
def library(demonstration: Path, settings: Any) -> None:
    """The index of the demonstration library, and the names of its concepts."""
    settings.SEARCH_INDEX_DIR = demonstration / "index"
    skos.load(SEED)
    Country.objects.bulk_create(Country(code=code, is_member=True, row=0, column=0) for code in MEMBERS)
    labels.forget()
    concepts.forget()


def works(match: Clause) -> set[str]:
    found = get_engine().search(EngineQuery(match, frozenset({PUBLIC}), limit=100)).hits
    return {hit.work for hit in found}


def about(concept: str, least: Strength = Strength.OFTEN) -> set[str]:
    """The works that are about a concept at least so much."""
    strengths = [strength for strength in Strength if strength >= least]
    return works(Best(tuple(Term(CONCEPTS, concept_term(concept, strength)) for strength in strengths)))


def asked(text: str) -> set[str]:
    return works(works_clause(understand(text, concept_table())))


def test_every_concept_asked_for_in_any_language_finds_the_works_about_it_in_all(library: None) -> None:
    told = {concept: found for concept in concept_table().labels if (found := about(concept))}
    missed = [
        (concept, language, len(lacking))
        for concept, found in told.items()
        for language in LANGUAGE_CODES
        if (lacking := found - asked(concept_table().labels[concept][language][0]))
    ]
    assert missed == []
    # Else the library tells of too little to show anything.
    assert len(told) >= 60


def test_a_card_says_by_which_concept_it_was_found(library: None) -> None:
    query = SearchQuery(labels.label("domestic-workers", "lo"), ui="en", filters={"language": ("fil",)}, page_size=50)
    hit = next(hit for hit in service.search(query).hits if hit.matched == (Match.CONCEPT,))
    assert hit.concepts[0][0] == "Domestic workers"


def test_a_country_is_found_by_its_name_in_any_language(library: None) -> None:
    for code in MEMBERS:
        found = about(f"country:{code}", Strength.MENTIONED)
        assert found
        for language in LANGUAGE_CODES:
            assert found <= asked(country_names(code)[language][0]), (code, language)


@pytest.mark.parametrize(
    ("query", "ui", "first", "theme"),
    [
        ("เงินอุดหนุนเด็ก", "th", 1, "child-benefits"),
        ("satu atap", "id", 2, "one-stop-shops"),
        ("ແຮງງານຮັບໃຊ້ໃນບ້ານ", "lo", 1, "domestic-workers"),
        ("SSS", "fil", 1, "social-security-fund"),
    ],
)
def test_what_people_call_a_thing_finds_it_first(library: None, query: str, ui: str, first: int, theme: str) -> None:
    results = service.search(SearchQuery(query, ui=ui))
    assert not results.any_word
    assert {hit.work for hit in results.hits[:first]} <= about(f"theme:{theme}")


def test_the_name_of_one_fund_does_not_find_all_that_tells_of_social_insurance(library: None) -> None:
    assert about("theme:social-insurance", Strength.MENTIONED) - asked("SSS")


def test_traditional_characters_find_what_simplified_ones_do(library: None) -> None:
    traditional, simple = (service.search(SearchQuery(query)) for query in ("農民工 失業保險", "农民工 失业保险"))
    assert [hit.work for hit in traditional.hits] == [hit.work for hit in simple.hits]
    assert (traditional.total, traditional.any_word) == (simple.total, False)
