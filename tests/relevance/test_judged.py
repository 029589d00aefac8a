"""Search finds what people look for: on the demonstration library, in its own texts, and across languages."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from statistics import fmean

import pytest

from search.evaluation.judgements import read_judgements
from search.languages import LANGUAGE_CODES
from tests.conftest import manage
from tests.relevance import crossing
from tests.relevance.floors import FLOORS, JUDGEMENTS, as_option
from tests.relevance.lookup import look_up, mrr


def test_the_judgements_can_be_read_and_ask_in_every_language() -> None:
    with JUDGEMENTS.open(encoding="utf-8") as file:
        read = read_judgements(file)
    assert not read.bad
    asked = Counter(topic.language for topic in read.topics)
    assert asked.total() >= 220
    assert all(asked[language] >= 20 for language in LANGUAGE_CODES)


def test_the_demonstration_library_is_searched_as_well_as_before(demonstration: Path) -> None:
    # Other tests search and change the same library: works that fit alike stand in the order of an index made anew.
    assert manage(demonstration, "search_index", "--rebuild").returncode == 0
    done = manage(demonstration, "evaluate_search", str(JUDGEMENTS), "--json", "--floor", as_option())
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told["floors"]) == set(FLOORS) >= {f"{language}.ndcg" for language in LANGUAGE_CODES}


@pytest.mark.parametrize("language", ["km", "my", "ms", "id", "fil"])
def test_a_term_finds_every_text_that_holds_it_and_these_first(language: str) -> None:
    done = look_up(language, frequent=24)
    assert len(done) > 100
    assert fmean(each.recall for each in done) >= 0.98
    assert fmean(each.r_precision for each in done) >= 0.93


def test_vietnamese_may_be_typed_without_diacritics() -> None:
    lost = mrr(look_up("vi", frequent=24)) - mrr(look_up("vi", frequent=24, typed=True))
    assert lost <= 0.03


def test_a_concept_finds_what_tells_of_it_in_every_other_language() -> None:
    done = list(crossing.triples(every=45))
    assert len(done) > 600
    assert fmean(each.is_found for each in done) >= 0.85
