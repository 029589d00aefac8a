"""The part of a text that a result shows."""

from __future__ import annotations

import pytest

from search.analysis import mark, query_terms, readable


def _marked(text: str, query: str, language: str, most: int = 220) -> str:
    asked = query_terms(query)
    words = {word for terms in asked.languages if terms.language == language for word in (*terms.words, *terms.plain)}
    return mark(readable(text), language, words, asked.clusters, max_chars=most)


def test_nothing_found_shows_the_beginning_cut_at_a_word() -> None:
    assert mark("Cash for workers who lost their jobs", "en", (), (), max_chars=20) == "Cash for workers who…"


def test_an_empty_text_shows_nothing() -> None:
    assert mark("", "en", {"a"}, [("ก",)]) == ""


def test_markup_in_a_text_is_only_text() -> None:
    assert _marked('<b>pension</b> & "old" <script>', "pension", "en") == (
        "&lt;b&gt;<mark>pension</mark>&lt;/b&gt; &amp; &quot;old&quot; &lt;script&gt;"
    )


@pytest.mark.parametrize(
    ("language", "text", "query", "html"),
    [
        ("en", "Workers' pensions", "pension", "Workers&#x27; <mark>pensions</mark>"),
        ("vi", "Bảo hiểm thất nghiệp", "that nghiep", "Bảo hiểm <mark>thất</mark> <mark>nghiệp</mark>"),
        ("pt", "Prestações de desemprego", "prestacao", "<mark>Prestações</mark> de desemprego"),
        ("th", "การประกันการว่างงานในไทย", "ว่างงาน", "การประกันการ<mark>ว่างงาน</mark>ในไทย"),
        ("lo", "ການປະກັນ ສັງ ຄົມ", "ສັງຄົມ", "ການປະກັນ <mark>ສັງ ຄົມ</mark>"),
        ("km", "ការធានារ៉ាប់រងសង្គម", "សង្គម", "ការធានារ៉ាប់រង<mark>សង្គម</mark>"),
        ("my", "အလုပ်လက်မဲ့အာမခံ", "အာမခံ", "အလုပ်လက်မဲ့<mark>အာမခံ</mark>"),
        ("zh-hans", "失业保险制度", "业保", "失<mark>业保</mark>险制度"),
        ("zh-hans", "失业保险制度", "失业 保险", "<mark>失业保险</mark>制度"),
        ("id", "Jaminan pekerjaan", "pekerja", "Jaminan <mark>pekerjaan</mark>"),
        ("ms", "Faedah penganggur", "faedah", "<mark>Faedah</mark> penganggur"),
        ("fil", "Benepisyo sa trabaho", "trabaho", "Benepisyo sa <mark>trabaho</mark>"),
    ],
)
def test_what_was_sought_is_marked(language: str, text: str, query: str, html: str) -> None:
    assert _marked(text, query, language) == html


def test_the_part_with_most_of_what_was_sought_is_shown() -> None:
    text = "pension " + "other words here " * 40 + "a pension for old workers in Laos " + "other words here " * 40
    html = _marked(text, "pension old workers", "en", 80)
    assert "<mark>pension</mark> for <mark>old</mark> <mark>workers</mark>" in html
    assert html.startswith("…")
    assert html.endswith("…")


@pytest.mark.parametrize("most", [1, 5, 17, 40])
def test_a_cut_never_falls_inside_a_letter(most: int) -> None:
    html = _marked("សង្គមកម្ពុជាសម្រាប់" * 10, "កម្ពុជា", "km", most)
    shown = html.replace("<mark>", "").replace("</mark>", "").strip("…")
    assert not shown.startswith("\u17d2")
    assert not shown.endswith("\u17d2")
    assert shown[0] >= "\u1780"
    assert shown[0] < "\u17b4"


def test_a_part_is_about_as_long_as_asked() -> None:
    assert len(_marked("pension " * 500, "pension", "en", 100).replace("<mark>", "").replace("</mark>", "")) <= 103
