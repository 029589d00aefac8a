"""A text that quotes another script is looked up in both languages, and nothing of it is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import by_script, index_terms, readable, script_language
from search.languages import LANGUAGE_CODES
from tests.search.analysis import strategies

QUOTED = {
    "th": "ประกันสังคมสำหรับลูกเรือ",
    "km": "ប្រាក់បៀវត្សរ៍",
    "lo": "ປະກັນສັງຄົມ",
    "my": "လူမှုဖူလုံရေး",
    "zh-hans": "失业保险",
}


@pytest.mark.parametrize("language", [*LANGUAGE_CODES, "xx", ""])
@pytest.mark.parametrize("text", ["", "\n", "Plain words, 2019.", "Thất nghiệp", "١٢", "…"])
def test_a_text_in_one_script_is_given_whole(language: str, text: str) -> None:
    assert by_script(text, language) == {language: text}


@pytest.mark.parametrize("language", list(QUOTED))
def test_a_text_in_the_script_of_its_language_is_given_whole(language: str) -> None:
    text = f"{QUOTED[language]} (SSO) 33\n{QUOTED[language]}"
    assert by_script(text, language) == {language: text}


@pytest.mark.parametrize(("quoted", "run"), QUOTED.items())
@pytest.mark.parametrize("language", [*LANGUAGE_CODES, "xx"])
def test_a_run_of_another_script_is_looked_up_in_its_own_language(language: str, quoted: str, run: str) -> None:
    if language == quoted:
        return
    text = f"The fund ({run}) pays."
    found = by_script(text, language)
    assert set(found) == {language, quoted}
    assert found[language] == text
    assert index_terms(found[quoted], quoted) == index_terms(run, quoted)


def test_each_of_several_scripts_goes_to_its_language() -> None:
    text = " and ".join(QUOTED.values())
    found = by_script(text, "en")
    assert {language: part.strip() for language, part in found.items()} == {"en": text, **QUOTED}


def test_a_number_behind_a_run_on_its_line_belongs_to_it() -> None:
    found = by_script("Section 33 (มาตรา 33) of 1990, and มาตรา ๔๐ then\nมาตรา\n1990 no", "en")
    assert [" ".join(part.split()) for part in found["th"].split("|")] == ["มาตรา 33)", "มาตรา ๔๐", "มาตรา"]
    assert "1990" in found["en"]


def test_no_phrase_runs_across_what_stood_between() -> None:
    parted = index_terms("ลูก, เรือ", "th").clusters
    assert "." in parted
    assert index_terms(by_script("ลูก and เรือ", "en")["th"], "th").clusters == parted
    assert index_terms(by_script("ลูก ប្រាក់ เรือ", "en")["th"], "th").clusters == parted


def test_a_run_over_the_end_of_a_line_is_one() -> None:
    found = by_script("English\nลูก\nเรือ\nEnglish", "en")["th"]
    assert index_terms(found, "th").clusters == index_terms("ลูก เรือ", "th").clusters


@given(strategies.text, st.sampled_from([*LANGUAGE_CODES, "xx"]))
def test_every_letter_is_in_the_text_of_its_own_language(text: str, language: str) -> None:
    text = readable(text)
    found = by_script(text, language)
    assert found[language] == text
    for other in QUOTED:
        letters = [letter for letter in text if script_language(letter) == other]
        assert [letter for letter in found.get(other, "") if script_language(letter) == other] == letters
        if other != language:
            assert all(script_language(letter) == other for letter in found.get(other, "") if letter.isalpha())
