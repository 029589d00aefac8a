"""What a query asks of which language."""

from __future__ import annotations

import pytest

from search.analysis import index_terms, query_terms
from search.languages import LANGUAGE_CODES


def _languages(text: str) -> list[str]:
    return [terms.language for terms in query_terms(text).languages]


@pytest.mark.parametrize("text", ["", "  ", "?!", '""', "\x00\ud800"])
def test_a_query_without_words_asks_nothing(text: str) -> None:
    found = query_terms(text)
    assert found.languages == ()
    assert found.clusters == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [("ว่างงาน", "th"), ("ປະກັນສັງຄົມ", "lo"), ("សង្គម", "km"), ("အာမခံ", "my"), ("失业保险", "zh-hans")],
)
def test_the_script_says_which_language_to_ask(text: str, language: str) -> None:
    assert _languages(text) == [language]


def test_latin_words_ask_every_language() -> None:
    assert set(_languages("pension ASEAN")) == set(LANGUAGE_CODES)


def test_each_language_is_asked_in_its_own_words() -> None:
    asked = {terms.language: terms.words for terms in query_terms("failed ประกัน workers").languages}
    assert asked["th"] == ("failed", "ประกัน", "workers")
    assert asked["en"] == ("fail", "worker")
    assert next(iter(asked)) == "th"


def test_the_language_of_a_question_is_asked_first() -> None:
    assert _languages("What do workers get when they lose their job?")[0] == "en"
    assert _languages("Bagaimana cara mendaftar sebagai peserta BPJS?")[0] == "id"
    assert _languages("Paano magparehistro bilang miyembro ng SSS?")[0] == "fil"


def test_stop_words_of_the_question_are_not_sought_in_other_languages() -> None:
    asked = {terms.language: terms.words for terms in query_terms("what are the benefits of the floor").languages}
    assert asked["id"] == ("benefits", "floor")


def test_stop_words_of_a_short_query_stay_out_of_other_languages_once_its_own_is_known() -> None:
    asked = {terms.language: terms.words for terms in query_terms("pensão de velhice", {"pt"}).languages}
    assert "de" not in asked["vi"]
    unsure = {terms.language: terms.words for terms in query_terms("pensão de velhice", {"pt", "vi"}).languages}
    assert "de" in unsure["vi"]


def test_words_and_plain_forms_go_in_pairs() -> None:
    for terms in query_terms("thất nghiệp benefits prestações 2024").languages:
        assert len(terms.words) == len(terms.plain)


def test_a_phrase_keeps_stop_words_order_and_repetition() -> None:
    english = query_terms("rate of return of rate").languages[0]
    assert english.phrase == ("rate", "of", "return", "of", "rate")
    assert " ".join(english.phrase) in index_terms("The rate of return of rate", "en").plain


def test_a_query_of_stop_words_still_asks() -> None:
    asked = {terms.language: terms for terms in query_terms("to be").languages}
    assert asked["en"].plain == ("to", "be")


@pytest.mark.parametrize(
    ("text", "inside", "language"),
    [
        ("ว่างงาน", "การประกันการว่างงานสำหรับทุกคน", "th"),
        ("ສັງຄົມ", "ການປະ ກັນ\u200bສັງ ຄົມແຫ່ງຊາດ", "lo"),
        ("សង្គម", "បេឡាជាតិរបបសន្តិ\u200bសុខសង្គម", "km"),
        ("လက်မဲ့", "အလုပ်လက်မဲ့အာမခံ", "my"),
        ("業保", "失業保險", "zh-hans"),
        ("业保", "失业保险制度", "zh-hans"),
    ],
)
def test_a_part_of_a_compound_is_found_inside_its_run(text: str, inside: str, language: str) -> None:
    (phrase,) = query_terms(text).clusters
    assert f" {' '.join(phrase)} " in f" {index_terms(inside, language).clusters} "


def test_runs_of_two_scripts_are_two_phrases() -> None:
    assert len(query_terms("社会保护 social 失业保险").clusters) == 2


@pytest.mark.parametrize(
    "text", ["pension " * 5000, "x" * 10_000, "ก" * 10_000, " ".join(f"word{at}" for at in range(3000))]
)
def test_a_very_long_query_is_cut_short(text: str) -> None:
    found = query_terms(text)
    assert all(
        len(terms.words) <= 64 and len(terms.grams) <= 96 and len(terms.phrase) <= 32 for terms in found.languages
    )
    assert sum(map(len, found.clusters)) <= 128


@pytest.mark.parametrize(
    "question",
    [
        "Who pays for the pension of old people?",
        "Berapa iuran yang harus dibayar oleh pekerja?",
        "Bila pekerja boleh mendapat faedah daripada majikan?",
        "Ai được hưởng trợ cấp thất nghiệp?",
        "Sino ang maaaring kumuha ng benepisyo?",
        "Quem tem direito ao subsídio de desemprego?",
        "ใครเป็นผู้จ่าย",
        "ໃຜເປັນຜູ້ຈ່າຍ",
        "តើអ្នកណាបង់ប្រាក់",
        "ဘယ်သူ ပေးသလဲ",
        "谁来缴费",
    ],
)
def test_a_question_is_known_in_every_language(question: str) -> None:
    assert query_terms(question).interrogative


@pytest.mark.parametrize("name", ["unemployment insurance", "mana", "ประกันการว่างงาน", "失业保险", "what", ""])
def test_a_name_is_no_question(name: str) -> None:
    assert not query_terms(name).interrogative
