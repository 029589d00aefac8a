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


@pytest.mark.parametrize(
    ("language", "first", "last", "told"),
    [
        ("en", date(2015, 6, 8), date(2015, 6, 12), "8–12 June 2015"),
        ("en", date(2027, 3, 30), date(2027, 4, 2), "30 March – 2 April 2027"),
        ("en", date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 – 2 January 2027"),
        ("th", date(2015, 6, 8), date(2015, 6, 12), "8–12 มิถุนายน ค.ศ. 2015"),
        ("lo", date(2015, 6, 8), date(2015, 6, 12), "8 – 12 ມິຖຸນາ 2015"),
        ("my", date(2015, 6, 8), date(2015, 6, 12), "2015 ဇွန် 8 – 12"),
        ("zh-hans", date(2015, 6, 8), date(2015, 6, 12), "2015年6月8日至12日"),
    ],
)
def test_a_span_of_days_says_once_what_is_the_same(language: str, first: date, last: date, told: str) -> None:
    assert " ".join(places.day_span(first, last, language).split()) == told


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("last", [date(2027, 9, 9), date(2027, 10, 3), date(2028, 1, 3)])
def test_a_span_names_its_months_and_years_as_a_day_does(language: str, last: date) -> None:
    first = date(2027, 9, 7)
    span = places.day_span(first, last, language)
    locale = places.cldr(language)
    for end in (first, last):
        assert ("月" if language == "zh-hans" else locale.months["format"]["wide"][end.month]) in span
        assert str(end.year) in span
        assert str(end.day) in span
    # An era stands in both or in neither.
    assert ("ค.ศ." in span) is ("ค.ศ." in places.day(first, language))


def test_a_single_day_is_no_span() -> None:
    assert places.day_span(date(2015, 6, 8), date(2015, 6, 8), "en") == "8 June 2015"


def test_a_moment_is_told_by_the_clocks_of_its_place() -> None:
    assert "09:00" in places.moment(datetime(2027, 1, 1, 2, 0, tzinfo=UTC), "Asia/Vientiane", "vi")


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_minutes_are_said_in_every_language(language: str) -> None:
    shown = [places.time_needed(minutes, language) for minutes in (0, 1, 45, 60, 80, 130)]
    assert len(set(shown)) == 6
    assert all("duration" not in each for each in shown)
    assert "45" in shown[2]
    assert "60" not in shown[3]
    assert "20" in shown[4]


def test_minutes_are_said_as_words() -> None:
    assert [places.time_needed(minutes, "en") for minutes in (1, 45, 80)] == [
        "1 minute",
        "45 minutes",
        "1 hour 20 minutes",
    ]
    assert places.time_needed(61, "fil") == "1 oras 1 minuto"
    assert places.time_needed(61, "vi") == "1 giờ 1 phút"


# The languages that have a word for many minutes.
@pytest.mark.parametrize(("language", "many"), [("en", "mins"), ("en", "minutes"), ("pt", "minutos")])
def test_one_minute_is_never_many(language: str, many: str) -> None:
    assert many not in places.short_minutes(1, language)
    assert many not in places.time_needed(1, language)
    assert many not in places.time_needed(61, language)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_short_length_differs_by_its_number_alone(language: str) -> None:
    one, some = places.short_minutes(1, language), places.short_minutes(4, language)
    assert one.replace("1", "4").removesuffix("s") == some.removesuffix("s")
    assert "duration" not in one


def test_little_room_has_short_lengths() -> None:
    assert [places.short_minutes(minutes, "pt") for minutes in (0, 1, 2, 84)] == ["0 min", "1 min", "2 min", "84 min"]
    assert places.short_minutes(1, "th") == "1 นาที"


def test_a_size_is_never_broken_and_has_units_that_people_know() -> None:
    assert places.file_size(1, "fil") == "1\N{NO-BREAK SPACE}kB"
    assert places.file_size(2_449_000, "pt") == "2,4\N{NO-BREAK SPACE}MB"
