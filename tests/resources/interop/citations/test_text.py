"""Citations in words, held against what the manuals give: APA 7, Chicago 18 (author and date), Cite Them Right 12."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.interop.citations import STYLES, CitationFormat, formatted, written
from resources.interop.record import Record
from search.languages import LANGUAGE_CODES
from tests.resources.interop.made import TITLES, record, records

URL = "https://lumbung.example/en/library/a/"
READ = f"Available at: {URL} (Accessed: 27 November 2026)."
MANY = tuple(f"N{number}" for number in range(1, 26))
APA_MANY = ", ".join(MANY[:19]) + ", … N25"


def texts(language: str = "en", **changes: object) -> tuple[str, ...]:
    return tuple(formatted([record(**changes)], style, language)[0].text for style in STYLES)


@pytest.mark.parametrize(
    ("changes", "apa", "chicago", "harvard"),
    [
        (
            {},
            f"A. Author. (2023). Social protection in ASEAN [Fact sheet]. Granary Press. {URL}",
            f"A. Author. 2023. Social Protection in ASEAN. Fact sheet. Granary Press. {URL}.",
            f"A. Author (2023) Social protection in ASEAN. Fact sheet. Granary Press. {READ}",
        ),
        (
            {"authors": ("Author, Anna", "Doe, John")},
            f"Author, A., & Doe, J. (2023). Social protection in ASEAN [Fact sheet]. Granary Press. {URL}",
            f"Author, Anna, and John Doe. 2023. Social Protection in ASEAN. Fact sheet. Granary Press. {URL}.",
            f"Author, A. and Doe, J. (2023) Social protection in ASEAN. Fact sheet. Granary Press. {READ}",
        ),
        (
            {"authors": ("A. Author", "Nguyễn Văn An")},
            f"A. Author, & Nguyễn Văn An. (2023). Social protection in ASEAN [Fact sheet]. Granary Press. {URL}",
            f"A. Author and Nguyễn Văn An. 2023. Social Protection in ASEAN. Fact sheet. Granary Press. {URL}.",
            f"A. Author and Nguyễn Văn An (2023) Social protection in ASEAN. Fact sheet. Granary Press. {READ}",
        ),
        (
            {"authors": ("A. Author", "สมชาย ใจดี", "Doe, John")},
            f"A. Author, สมชาย ใจดี, & Doe, J. (2023). Social protection in ASEAN [Fact sheet]. Granary Press. {URL}",
            f"A. Author, สมชาย ใจดี, and John Doe. 2023. Social Protection in ASEAN. Fact sheet. Granary Press. {URL}.",
            f"A. Author, สมชาย ใจดี and Doe, J. (2023) Social protection in ASEAN. Fact sheet. Granary Press. {READ}",
        ),
        (
            {"authors": MANY},
            f"{APA_MANY}. (2023). Social protection in ASEAN [Fact sheet]. Granary Press. {URL}",
            f"N1, N2, N3, et al. 2023. Social Protection in ASEAN. Fact sheet. Granary Press. {URL}.",
            f"N1 et al. (2023) Social protection in ASEAN. Fact sheet. Granary Press. {READ}",
        ),
        (  # an organisation's own work
            {"authors": (), "type": "publication"},
            f"Granary Press. (2023). Social protection in ASEAN. {URL}",
            f"Granary Press. 2023. Social Protection in ASEAN. {URL}.",
            f"Granary Press (2023) Social protection in ASEAN. {READ}",
        ),
        (
            {"authors": (), "publisher": ""},
            f"Social protection in ASEAN [Fact sheet]. (2023). {URL}",
            f"Social Protection in ASEAN. 2023. Fact sheet. {URL}.",
            f"Social protection in ASEAN (2023). Fact sheet. {READ}",
        ),
        (
            {"year": None},
            "A. Author. (n.d.). Social protection in ASEAN [Fact sheet]. Granary Press. "
            f"Retrieved November 27, 2026, from {URL}",
            "A. Author. n.d. Social Protection in ASEAN. Fact sheet. Granary Press. "
            f"Accessed November 27, 2026. {URL}.",
            f"A. Author (no date) Social protection in ASEAN. Fact sheet. Granary Press. {READ}",
        ),
        (
            {"publisher": ""},
            f"A. Author. (2023). Social protection in ASEAN [Fact sheet]. {URL}",
            f"A. Author. 2023. Social Protection in ASEAN. Fact sheet. {URL}.",
            f"A. Author (2023) Social protection in ASEAN. Fact sheet. {READ}",
        ),
        (
            {"type": "video", "part": "02:10–04:35"},
            f"A. Author. (2023). Social protection in ASEAN (02:10–04:35) [Video]. Granary Press. {URL}",
            f"A. Author. 2023. Social Protection in ASEAN (02:10–04:35). Granary Press. Video. {URL}.",
            f"A. Author (2023) Social protection in ASEAN (02:10–04:35) [Video]. Granary Press. {READ}",
        ),
        (
            {"type": "video", "authors": (), "publisher": ""},
            f"Social protection in ASEAN [Video]. (2023). {URL}",
            f"Social Protection in ASEAN. 2023. Video. {URL}.",
            f"Social protection in ASEAN (2023) [Video]. {READ}",
        ),
        (
            {"part": "pages 3–7"},
            f"A. Author. (2023). Social protection in ASEAN (pp. 3–7) [Fact sheet]. Granary Press. {URL}",
            f"A. Author. 2023. Social Protection in ASEAN (pages 3–7). Fact sheet. Granary Press. {URL}.",
            f"A. Author (2023) Social protection in ASEAN. Fact sheet. Granary Press, pp. 3–7. {READ}",
        ),
        (
            {"part": "pages 3–7", "authors": (), "publisher": ""},
            f"Social protection in ASEAN (pages 3–7) [Fact sheet]. (2023). {URL}",
            f"Social Protection in ASEAN (pages 3–7). 2023. Fact sheet. {URL}.",
            f"Social protection in ASEAN (2023). Fact sheet, pp. 3–7. {READ}",
        ),
        (
            {"title": "Who pays?", "publisher": "Granary Inc."},
            f"A. Author. (2023). Who pays? [Fact sheet]. Granary Inc. {URL}",
            f"A. Author. 2023. Who Pays? Fact sheet. Granary Inc. {URL}.",
            f"A. Author (2023) Who pays? Fact sheet. Granary Inc. {READ}",
        ),
        (
            {"title": "Who pays?", "authors": (), "publisher": ""},
            f"Who pays? [Fact sheet]. (2023). {URL}",
            f"Who Pays? 2023. Fact sheet. {URL}.",
            f"Who pays? (2023). Fact sheet. {READ}",
        ),
        (
            {"title": "  "},
            f"A. Author. (2023). [Fact sheet]. Granary Press. {URL}",
            f"A. Author. 2023. [Fact sheet]. Granary Press. {URL}.",
            f"A. Author (2023) [Fact sheet]. Granary Press. {READ}",
        ),
    ],
)
def test_a_citation_is_as_the_manual_has_it(changes: dict[str, object], apa: str, chicago: str, harvard: str) -> None:
    assert texts(**changes) == (apa, chicago, harvard)


@pytest.mark.parametrize("style", STYLES)
def test_a_title_is_in_italics_and_its_own_marks_are_no_markup(style: str) -> None:
    (citation,) = formatted([record(title='Fees < 5 % & {"more"}\nof <b>it</b>')], style, "id")
    shown = citation.html.replace("More", "more").replace("Of", "of").replace("It<", "it<")
    assert "<i>Fees &lt; 5 % &amp; {&quot;more&quot;} of &lt;b&gt;it&lt;/b&gt;</i>" in shown
    assert set(re.findall(r"<[^>]*>", citation.html)) == {"<i>", "</i>"}


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("style", STYLES)
def test_titles_of_all_languages_stand_as_they_are(style: str, language: str) -> None:
    title = TITLES[language]
    (citation,) = formatted([record(title=title, language=language)], style, language)
    assert f"<i>{title}</i>" in citation.html.replace("Protection in", "protection in")


@pytest.mark.parametrize("title", ["ការគាំពារសង្គម។", "လူမှုဖူလုံရေး။", "东盟的社会保护。", "Who pays?", "Tell us!", "Etc."])
@pytest.mark.parametrize("style", STYLES)
def test_no_stop_follows_a_stop_in_any_script(style: str, title: str) -> None:
    for changes in ({}, {"authors": (title,)}, {"publisher": title}, {"authors": (), "publisher": ""}):
        (citation,) = formatted([record(title=title, language="km", **changes)], style, "en")
        assert not re.search(r"[.?!။។。]\.|\.\.|,,| {2}", citation.text)
        assert title in citation.text


@pytest.mark.parametrize(
    ("language", "apa_end", "harvard_word"),
    [
        ("en", "Retrieved November 27, 2026, from ", "Available at: "),
        ("id", "Diambil 27 November 2026, dari ", "Tersedia pada: "),
        ("ms", "Diambil 27 November 2026, dari ", "Tersedia pada: "),
        ("th", "สืบค้น 27 พฤศจิกายน 2026, จาก ", "เข้าถึงได้จาก: "),
        ("vi", "Truy vấn 27 Tháng Mười Một 2026, từ ", "Có tại: "),
        ("km", "Retrieved November 27, 2026, from ", "Available at: "),
        ("lo", "Retrieved November 27, 2026, from ", "Available at: "),
        ("my", "Retrieved November 27, 2026, from ", "Available at: "),
        ("fil", "Retrieved ika-27 ng Nobyembre 2026, mula sa ", "Available sa: "),
        ("zh-hans", "取读于 2026年11月27日, 从 ", "载于: "),
        ("pt", "Obtido 27 de novembro de 2026, de ", "Disponível em: "),
        ("xx", "Retrieved November 27, 2026, from ", "Available at: "),
    ],
)
def test_words_and_dates_are_in_the_readers_language_or_in_english(
    language: str, apa_end: str, harvard_word: str
) -> None:
    apa, _chicago, harvard = texts(language, year=None)
    assert apa.endswith(f"{apa_end}{URL}")
    assert f"{harvard_word}{URL}" in harvard


@settings(max_examples=60, deadline=None)
@given(records, st.sampled_from(STYLES), st.sampled_from((*LANGUAGE_CODES, "xx")))
def test_no_record_raises_or_brings_in_markup(made: Record, style: str, language: str) -> None:
    (citation,) = formatted([made], style, language)
    assert citation.text
    citation.text.encode()
    assert "\n" not in citation.text
    assert not re.search("[\ue000-\uf8ff]", citation.text + citation.html)
    assert set(re.findall(r"<[^>]*>", citation.html)) <= {"<i>", "</i>"}
    assert citation.html.count("<i>") == citation.html.count("</i>")


def test_a_style_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError):
        formatted([record()], "vancouver", "en")


def test_many_at_once_get_what_each_asked_for() -> None:
    works = [record(title=f"Work number {number}", authors=(f"N{number}",)) for number in range(24)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda work: formatted([work], "harvard", "en")[0].text, works))
    for number, text in enumerate(found):
        assert text.startswith(f"N{number} (2023) Work number {number}. Fact sheet.")


def test_a_list_of_references_is_in_the_order_of_names() -> None:
    works = [record(authors=("Zaw Min",)), record(authors=("“Ana” Costa",)), record(authors=("bin Ahmad",))]
    text = written(works, CitationFormat.APA, "en")
    assert [line.split(".")[0] for line in text.splitlines() if line] == ["“Ana” Costa", "bin Ahmad", "Zaw Min"]
