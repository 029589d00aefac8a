"""Words of real text in eleven languages, and the runs in which they stand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from search.analysis import clusters, index_terms, tokens
from search.analysis.stem import stem


def _words(text: str, language: str) -> list[str]:
    return [text[token.start : token.end] for token in tokens(text, language)]


def _terms(text: str, language: str) -> list[str]:
    return [token.term for token in tokens(text, language)]


@pytest.mark.parametrize("language", ["en", "th", "zh-hans"])
@pytest.mark.parametrize("text", ["", " \n", "!?…", "\u0301"])
def test_text_without_words_has_none(text: str, language: str) -> None:
    assert tokens(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "The worker's unemployment benefits.", ["worker's", "unemployment", "benefits"]),
        ("id", "Jaminan kehilangan pekerjaan di Indonesia", ["Jaminan", "kehilangan", "pekerjaan", "Indonesia"]),
        ("ms", "Faedah untuk penganggur dan pencari kerja", ["Faedah", "penganggur", "pencari", "kerja"]),
        ("th", "การประกันการว่างงาน", ["ประกัน", "ว่าง", "งาน"]),
        ("vi", "Bảo hiểm thất nghiệp", ["Bảo", "hiểm", "thất", "nghiệp"]),
        ("km", "ការធានារ៉ាប់រងសង្គមសម្រាប់កម្មករ", ["ការធានា", "រ៉ាប់រង", "សង្គម", "កម្មករ"]),
        ("lo", "ການປະກັນສັງຄົມສຳລັບຄົນຫວ່າງງານ", ["ປະກັນສັງຄົມ", "ສຳລັບ", "ຄົນ", "ຫວ່າງ", "ງານ"]),
        ("my", "အလုပ်လက်မဲ့အာမခံ", ["အလုပ်လက်မဲ့", "အာမခံ"]),
        ("fil", "Benepisyo sa kawalan ng trabaho", ["Benepisyo", "kawalan", "trabaho"]),
        ("zh-hans", "失业保险和社会保护制度", ["失业", "保险", "社会", "保护", "制度"]),
        ("pt", "Subsídio de desemprego e pensão", ["Subsídio", "desemprego", "pensão"]),
        ("th", "ระบบ unemployment insurance ของไทย", ["ระบบ", "unemployment", "insurance", "ไทย"]),
        ("my", "ILO အာမခံ 2024", ["ILO", "အာမခံ", "2024"]),
        ("zh-hans", "\U0001f600失业\U00020000保险", ["失业", "\U00020000", "保险"]),
    ],
)
def test_each_run_is_cut_into_words_by_its_own_script(language: str, text: str, words: list[str]) -> None:
    assert _words(text, language) == words


def test_a_text_of_stop_words_alone_keeps_them() -> None:
    assert _words("The Who", "en") == ["The", "Who"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Benefits", "benefit"),
        ("en", "worker’s", "workers"),
        ("en", "ＡＳＥＡＮ", "asean"),
        ("en", "308,000", "308000"),
        ("id", "pekerjaan", "pekerja"),
        ("pt", "prestações", "prestação"),
        ("pt", "pensões", "pensao"),
        ("pt", "proteccao", "protecção"),
        ("th", "๒๕๖๗", "2567"),
        ("km", "២០២៤", "2024"),
        ("lo", "໒໐໒໔", "2024"),
        ("my", "၂၀၂၄", "2024"),
    ],
)
def test_words_that_mean_the_same_are_one_term(language: str, one: str, other: str) -> None:
    assert _terms(one, language) == _terms(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("vi", "thất", "thật"), ("fil", "año", "ano ba"), ("th", "ป่า", "ป้า"), ("en", "universe", "diverse")],
)
def test_words_that_differ_stay_apart(language: str, one: str, other: str) -> None:
    assert _terms(one, language) != _terms(other, language)


def test_vietnamese_typed_without_accents_meets_the_word() -> None:
    assert [token.plain for token in tokens("thất nghiệp đóng", "vi")] == ["that", "nghiep", "dong"]


def test_other_scripts_keep_their_marks() -> None:
    token = tokens("ผู้สูงอายุ", "th")[0]
    assert token.plain == token.term


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("การว่างงาน", ["ก", "า", "ร", "ว่", "า", "ง", "ง", "า", "น"]),
        ("ສັງ ຄົມ", ["ສັ", "ງ", "ຄົ", "ມ"]),
        ("សង្គម", ["ស", "ង្គ", "ម"]),
        ("လူမှု", ["လူ", "မှု"]),
        ("失业,保险", ["失", "业", "保", "险"]),
        ("social protection", []),
    ],
)
def test_clusters_are_the_letters_a_reader_sees(text: str, run: list[str]) -> None:
    assert clusters(text) == run


@pytest.mark.parametrize(
    ("text", "stored"),
    [("失业，保险", "失 业 . 保 险"), ("ก ข", "ก ข"), ("กA1ข", "ก . ข"), ("(ก)", "ก"), ("plain", "")],
)
def test_no_phrase_crosses_a_comma_or_a_word_of_another_script(text: str, stored: str) -> None:
    assert index_terms(text, "zh-hans").clusters == stored


def test_what_is_stored_of_a_vietnamese_title() -> None:
    stored = index_terms("Bảo hiểm\u200b của thất nghiệp", "vi")
    assert stored.words == "bảo hiểm thất nghiệp"
    assert stored.plain == "bao hiem cua that nghiep"
    assert stored.clusters == ""
    assert "nghi ghie hiep" in stored.grams


def test_a_word_as_long_as_a_page_is_cut() -> None:
    stored = index_terms("x" * 100_000, "en")
    assert len(stored.words) == len(stored.plain) == 64


def test_stems_stay_true_when_many_threads_ask() -> None:
    words = [
        f"{letter}{ending}" for letter in "abcdefghijklmnopqrstuvwxyz" for ending in ("ational", "fulness", "ization")
    ] * 20
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda word: stem(word, "en"), words))
    assert together == [stem(word, "en") for word in words]
