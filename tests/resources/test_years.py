"""Years of publication as editors write them, by either calendar."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from resources.models import FactSheetPage
from resources.years import check_year, meant_by_buddhist
from search.languages import LANGUAGE_CODES


def refusal(year: int) -> list[str]:
    with pytest.raises(ValidationError) as problem:
        check_year(year)
    return list(problem.value.messages)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_year_of_the_buddhist_calendar_is_refused_with_the_year_to_write(language: str) -> None:
    with override(language):
        (message,) = refusal(2569)
    assert "2569" in message
    assert "2026" in message


@pytest.mark.parametrize("year", [0, 1899, 2101, 2442, 2644, 32767])
def test_what_is_no_year_is_refused_with_the_years_there_are(year: int) -> None:
    assert refusal(year) == ["Write a year between 1900 and 2100."]


@pytest.mark.parametrize("year", [1900, 2026, 2100])
def test_a_year_is_a_year(year: int) -> None:
    check_year(year)
    assert meant_by_buddhist(year) is None


def test_a_works_year_is_refused_for_one_reason() -> None:
    with pytest.raises(ValidationError) as problem:
        FactSheetPage._meta.get_field("year").clean("2569", None)
    assert problem.value.messages == ["2569 is a year of the Buddhist calendar: write 2026."]
