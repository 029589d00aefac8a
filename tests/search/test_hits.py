"""What a hit shows: the version that suits its reader, the snippet, and the places in its files."""

from __future__ import annotations

import pytest

from search import service
from search.types import PUBLIC, Match, Passage
from tests.search.shelf import EVERYONE, Shelf, Stock, ask, page, text, work

pytestmark = pytest.mark.django_db

# --- Which version is shown ---------------------------------------------------


@pytest.fixture
def translated(stock: Stock) -> None:
    stock(
        work(
            "a",
            text("en", "Social insurance in Thailand", "On ASEAN"),
            text("th", "ประกันสังคมในประเทศไทย", "อาเซียน ASEAN"),
            text("vi", "Bảo hiểm xã hội ở Thái Lan", "Về ASEAN"),
        )
    )


@pytest.mark.parametrize(
    ("query", "ui", "filters", "shown"),
    [
        ("ประกันสังคม", "en", {}, "th"),
        ("social insurance", "th", {}, "en"),
        ("bao hiem xa hoi", "en", {}, "vi"),
        ("ASEAN", "vi", {}, "vi"),
        ("ASEAN", "th", {}, "th"),
        ("", "th", {}, "th"),
        ("", "km", {}, "en"),
        ("", "en", {"language": ("vi",)}, "vi"),
        ("social insurance", "en", {"language": ("th", "vi")}, "th"),
    ],
)
def test_the_version_shown_is_the_one_asked_in_else_the_readers(
    translated: None, query: str, ui: str, filters: dict[str, tuple[str, ...]], shown: str
) -> None:
    (hit,) = ask(query, ui=ui, filters=filters).hits
    assert hit.language == shown
    assert hit.key.startswith(shown)
    assert hit.url.startswith(f"/{shown}/")
    assert hit.languages == ("en", "th", "vi")


def test_a_work_in_all_its_languages_is_one_hit_and_counts_once(translated: None) -> None:
    results = ask("ASEAN")
    assert results.total == 1
    assert next(facet for facet in results.facets if facet.name == "type").values[0].count == 1


# --- Snippets and passages ----------------------------------------------------


def test_the_summary_is_shown_if_it_holds_the_words_else_the_best_of_the_text(stock: Stock) -> None:
    long = "Nothing of note is told here at all. " * 40
    stock(
        work("summary", text("en", "A", "Pensions are told of.", "Pensions again.")),
        work("short", text("en", "B", "Nothing.", "The pensions stand here.")),
        work("long", text("en", "C", "Nothing.", f"{long} Then the pensions come. {long}")),
        work("neither", text("en", "Pensions", "A summary <b>.")),
    )
    snippets = {hit.work: hit.snippet_html for hit in ask("pensions").hits}
    assert snippets["summary"] == "<mark>Pensions</mark> are told of."
    assert snippets["short"] == "The <mark>pensions</mark> stand here."
    assert "Then the <mark>pensions</mark> come." in snippets["long"]
    assert snippets["neither"] == "A summary &lt;b&gt;."


def test_a_hit_leads_to_its_best_pages(stock: Stock) -> None:
    pages = tuple(page(number, "Pensions. " * number if number != 3 else "Fish.") for number in range(1, 7))
    stock(work("a", text("en", "Report"), passages=pages))
    (hit,) = ask("pensions").hits
    assert len(hit.passages) == 3
    assert 3 not in [passage.page for passage in hit.passages]
    assert hit.passages[0].url == f"/documents/7/#page={hit.passages[0].page}"
    assert hit.passages[0].file == "7"


def in_languages(*languages: str, words: str = "Pensions fund", pages: int = 1) -> tuple[Passage, ...]:
    """The same pages in files of several languages; the later, the better they fit."""
    return tuple(
        page(number, f"{words} " * place, language, file=f"f-{language}")
        for place, language in enumerate(languages, start=1)
        for number in range(1, pages + 1)
    )


@pytest.mark.parametrize(
    ("ui", "versions", "files", "shown"),
    [
        ("fil", ("en",), ("km", "vi", "pt"), "pt"),
        ("fil", ("en",), ("en", "km", "vi"), "en"),
        ("fil", ("en",), ("fil", "en", "km"), "fil"),
        ("vi", ("en",), ("vi", "en"), "vi"),
        ("lo", ("en", "th"), ("th", "en", "my"), "en"),
        ("zh-hans", ("en",), ("zh-hans", "ms", "id"), "zh-hans"),
    ],
)
def test_a_page_is_shown_once_in_the_readers_language_else_in_that_of_the_version(
    stock: Stock, ui: str, versions: tuple[str, ...], files: tuple[str, ...], shown: str
) -> None:
    stock(work("a", *(text(each, "1") for each in versions), passages=in_languages(*files, pages=2)))
    (hit,) = ask("pensions", ui=ui).hits
    assert sorted((passage.page, passage.language, passage.file) for passage in hit.passages) == [
        (1, shown, f"f-{shown}"),
        (2, shown, f"f-{shown}"),
    ]


def test_pages_that_only_other_languages_have_are_shown_too(stock: Stock) -> None:
    files = (*in_languages("km", "vi", pages=3), page(2, "Pensions", "en"))
    stock(work("a", text("en", "Report"), passages=files))
    (hit,) = ask("pensions", ui="en").hits
    assert (hit.passages[0].page, hit.passages[0].language) == (2, "en")
    assert sorted(passage.page or 0 for passage in hit.passages) == [1, 2, 3]


def test_two_files_in_one_language_are_two_texts(stock: Stock) -> None:
    files = (page(1, "Pensions", file="7"), page(1, "Pensions", file="8"), page(1, "Pensions", "vi", file="9"))
    stock(work("a", text("en", "Report"), passages=files))
    (hit,) = ask("pensions", ui="en").hits
    assert sorted((passage.file, passage.page) for passage in hit.passages) == [("7", 1), ("8", 1)]


def test_a_second_of_a_film_is_shown_once_across_its_captions(stock: Stock) -> None:
    cues = [
        Passage(language, language, "Pensions fund", f"/documents/1/?t={at}", start=at)
        for language in ("vi", "en", "lo")
        for at in (0.0, 23.4)
    ]
    stock(work("a", text("en", "Film"), passages=tuple(cues)))
    (hit,) = ask("pensions", ui="lo").hits
    assert sorted((passage.start, passage.language) for passage in hit.passages) == [(0.0, "lo"), (23.4, "lo")]


def test_without_a_query_there_are_no_passages(stock: Stock) -> None:
    stock(work("a", passages=(page(1, "Pensions"),)))
    assert ask("").hits[0].passages == ()


def test_inside_a_work_every_page_with_the_words_is_found(stock: Stock) -> None:
    pages = tuple(page(number, f"Pensions on page {number}.") for number in range(1, 9))
    stock(work("a", passages=pages), work("b", passages=(page(1, "Pensions"),)))
    inside = service.search_inside("a", "pensions", EVERYONE)
    assert {passage.page for passage in inside} == set(range(1, 9))
    assert "<mark>Pensions</mark>" in inside[0].html
    assert service.search_inside("a", "zebra", EVERYONE) == ()
    assert service.search_inside("a", "", EVERYONE) == ()
    assert service.search_inside("nowhere", "pensions", EVERYONE) == ()


def test_inside_a_restricted_work_others_find_nothing(stock: Stock) -> None:
    stock(work("a", readers=("7",), passages=(page(1, "Pensions"),)))
    assert service.search_inside("a", "pensions", EVERYONE) == ()
    assert len(service.search_inside("a", "pensions", frozenset({PUBLIC, "7"}))) == 1


def test_a_small_word_of_a_name_does_not_choose_a_version_in_another_language(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {"unemployment": {"pt": ["Seguro de desemprego"], "en": ["Unemployment insurance"]}}
    stock(
        work(
            "a",
            text("en", "When the job ends", "On unemployment insurance"),
            text("vi", "Khi mất việc", "Để tìm việc và để nhận trợ cấp"),
        )
    )
    (hit,) = ask("seguro de desemprego", ui="pt").hits
    assert hit.language == "en"
    assert hit.matched == (Match.CONCEPT,)
