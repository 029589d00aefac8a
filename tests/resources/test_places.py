"""Names of countries, languages and days are said in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from resources import places
from search.languages import LANGUAGE_CODES


def test_a_code_that_is_no_country_is_shown_as_it_is() -> None:
    assert places.country_name("ZZZ", "th") == "ZZZ"


def test_an_unknown_interface_language_reads_english() -> None:
    assert places.country_name("VN", "xx") == "Viet Nam"


def test_english_has_the_united_nations_short_names() -> None:
    assert [places.country_name(code, "en") for code in ("VN", "LA", "BN")] == [
        "Viet Nam",
        "Lao PDR",
        "Brunei Darussalam",
    ]


def test_a_search_may_call_a_country_by_either_english_name() -> None:
    assert places.country_names("VN")["en"] == ["Viet Nam", "Vietnam"]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("code", ["VN", "TH", "ID", "MY", "LA", "KH", "PH", "SG", "BN", "MM", "TL", "MN", "JP"])
def test_every_country_has_a_name_in_every_language(code: str, language: str) -> None:
    assert places.country_name(code, language) not in {"", code}


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_language_is_named_in_every_language(language: str) -> None:
    for code in LANGUAGE_CODES:
        assert places.language_name(code, language)


def test_days_of_one_month_say_the_month_once() -> None:
    assert places.day_span(date(2015, 6, 8), date(2015, 6, 12), "en").count("Jun") == 1


def test_a_single_day_is_no_span() -> None:
    assert places.day_span(date(2015, 6, 8), date(2015, 6, 8), "en") == "8 June 2015"


def test_a_moment_is_told_by_the_clocks_of_its_place() -> None:
    assert "09:00" in places.moment(datetime(2027, 1, 1, 2, 0, tzinfo=UTC), "Asia/Vientiane", "vi")
