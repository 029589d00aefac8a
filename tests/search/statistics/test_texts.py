"""Of what people type, nothing is kept by which a person could be known; the rest is kept as typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.statistics.models import LONGEST_TEXT, OTHERS
from search.statistics.texts import countable

AS_TYPED = {
    "en": "unemployment insurance",
    "id": "asuransi pengangguran",
    "ms": "insurans pengangguran",
    "th": "ประกันการว่างงาน",
    "vi": "bảo hiểm thất nghiệp",
    "km": "ធានារ៉ាប់រងគ្មានការងារធ្វើ",
    "lo": "ປະກັນໄພການຫວ່າງງານ",
    "my": "အလုပ်လက်မဲ့အာမခံ",
    "fil": "seguro sa kawalan ng trabaho",
    "zh-hans": "失业保险",
    "pt": "proteção no desemprego",
}
DIGITS = ("0123456789", "๐๑๒๓๔๕๖๗๘๙", "០១២៣៤៥៦៧៨៩", "໐໑໒໓໔໕໖໗໘໙", "၀၁၂၃၄၅၆၇၈၉", "０１２３４５６７８９")


@pytest.mark.parametrize("text", AS_TYPED.values(), ids=AS_TYPED)
def test_a_text_is_kept_as_typed_in_every_language(text: str) -> None:
    assert countable(text) == text


@pytest.mark.parametrize("text", AS_TYPED.values(), ids=AS_TYPED)
@given(address=st.emails(), before=st.booleans())
def test_no_mail_address_is_kept_whatever_stands_beside_it(text: str, address: str, before: bool) -> None:
    assert countable(f"{text} {address}" if before else f"{address}{text}") == OTHERS


@pytest.mark.parametrize("digits", DIGITS)
@given(
    number=st.lists(st.integers(0, 9), min_size=7, max_size=20),
    parts=st.lists(st.sampled_from(["", "", " ", "-", ".", "/", ") ", " - ", "\u200b", "–"]), min_size=20, max_size=20),
    text=st.sampled_from(sorted(AS_TYPED.values())),
)
def test_no_number_of_a_person_is_kept_however_it_is_written(
    digits: str, number: list[int], parts: list[str], text: str
) -> None:
    written = "".join(digits[digit] + part for digit, part in zip(number, parts, strict=False)).strip()
    plain = re.findall(
        "[0-9]+", "".join(f"{digit}{part}" for digit, part in zip(number, parts, strict=False)).replace("\u200b", "")
    )
    assume(not any(len(run) == 4 for run in plain))  # A row of years is told from it by its years.
    assert countable(f"{text} {written}") == OTHERS


@pytest.mark.parametrize(
    "text",
    [
        "+66 81 234 5678",
        "(021) 5550-1234",
        "020 2020 2025",
        "S1234567D",
        "A12345678",
        "3171234567890123",
        "1-2345-67890-12-1",
        "12/ouKaMa(N)123456",
        "១២៣ ៤៥៦ ៧៨៩",
        "born 12/05/84",
        "2020-05-11",
        "2525 2020",
        "somchai[at]example.org",
        "somchai＠example.org",
        "somchai gmail.com",
        "https://example.org/reset?key=abc",
        "www.example.org/me",
    ],
)
def test_what_looks_like_a_person_is_counted_among_the_others(text: str) -> None:
    assert countable(text) == OTHERS


@pytest.mark.parametrize(
    "text",
    [
        "pensions 2019, 2020-2021",
        "งบประมาณ 2566-2567",
        "covid-19 2021",
        "convention 102",
        "c102 r202",
        "r202 and c102 of 1952",
        '-video "old age" OR pension',
        "=1+1",
    ],
)
def test_years_conventions_and_operators_stay(text: str) -> None:
    assert countable(text) == text.casefold()


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200d", "\x00"])
def test_a_text_that_says_nothing_is_no_search(text: str) -> None:
    assert countable(text) is None


def test_what_looks_the_same_is_the_same() -> None:
    assert countable("  Old\u200b  AGE\n") == countable("old age")
    assert countable("tha\u0302\u0301t") == countable("thất")


@given(st.text(max_size=300))
def test_whatever_is_typed_fits_and_can_be_stored(text: str) -> None:
    kept = countable(text)
    assert kept is None or len(kept) <= LONGEST_TEXT
    assert "\x00" not in (kept or "").encode().decode()


@pytest.mark.parametrize("language", ["th", "km", "lo", "my", "vi"])
def test_a_long_text_ends_with_a_whole_letter(language: str) -> None:
    text = AS_TYPED[language].replace(" ", "") * 20
    for start in range(12):
        kept = countable(text[start:]) or ""
        assert 80 < len(kept) <= LONGEST_TEXT
        following = text[start + len(kept)]
        assert not kept.endswith(("\u17d2", "\u1039"))
        assert kept == text[start : start + len(kept)]
        assert not re.match(
            "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u17b4-\u17d3\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102d-\u1037]", following
        )


def test_an_address_beyond_what_is_kept_is_seen() -> None:
    assert countable("pension " * 30 + "somchai@example.org") == OTHERS
