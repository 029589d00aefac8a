"""What visitors get from a query, on works of a few sentences in many languages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError

from search import concepts, service
from search.indexing.rebuild import rebuild
from search.types import PUBLIC, Match, Passage, SearchDocument, SearchQuery, SearchResults, Sort
from tests.search.shelf import EVERYONE, Shelf, page, text, work

pytestmark = pytest.mark.django_db

UNEMPLOYMENT = {
    "en": ["Unemployment insurance"],
    "lo": ["ປະກັນການຫວ່າງງານ"],
    "th": ["ประกันการว่างงาน"],
    "vi": ["Bảo hiểm thất nghiệp"],
}

Stock = Callable[..., None]


@pytest.fixture
def stock(shelf: Shelf) -> Stock:
    """Put works on the shelf and index them."""

    def put(*documents: SearchDocument) -> None:
        shelf.works.update({document.work: document for document in documents})
        rebuild()

    return put


def ask(words: str = "", **changes: object) -> SearchResults:
    return service.search(replace(SearchQuery(words), **changes))  # type: ignore[arg-type]


def found(words: str = "", **changes: object) -> list[str]:
    return [hit.work for hit in ask(words, **changes).hits]


# --- When there is nothing to find, or nobody to ask -------------------------


def test_without_an_index_the_answer_is_empty_and_says_that_it_is_no_answer(shelf: Shelf) -> None:
    results = ask("pension")
    assert (results.total, results.hits, results.available) == (0, (), False)
    assert [facet.name for facet in results.facets] == ["type", "country", "theme", "language", "year"]
    assert service.suggest("pens", "en", EVERYONE) == ()
    assert service.search_inside("a", "pension", EVERYONE) == ()


def test_a_query_that_nothing_holds_finds_nothing(stock: Stock) -> None:
    stock(work("a", text("en", "Pensions")))
    results = ask("zebra")
    assert (results.total, results.available, results.any_word) == (0, True, False)


@pytest.mark.parametrize("words", ["?", "…", "-", '""', "OR", "title:", "-pension"])
def test_signs_alone_are_only_text(stock: Stock, words: str) -> None:
    stock(work("a", text("en", "Pensions")))
    assert ask(words).available


def test_a_query_with_nothing_in_it_shows_all_the_newest_first(stock: Stock) -> None:
    stock(work("old", date=date(2010, 1, 1)), work("new", date=date(2024, 1, 1)))
    assert found("") == found("   ") == ["new", "old"]
    assert ask("").hits[0].matched == ()


# --- Words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [
        ("en", "Pensions for informal workers", "pension worker"),
        ("id", "Jaminan sosial bagi pekerja", "pekerja jaminan"),
        ("ms", "Keselamatan sosial untuk pekerja", "keselamatan sosial"),
        ("th", "การคุ้มครองทางสังคมสำหรับแรงงานนอกระบบ", "แรงงานนอกระบบ"),
        ("vi", "Bảo hiểm thất nghiệp ở Việt Nam", "bảo hiểm thất nghiệp"),
        ("vi", "Bảo hiểm thất nghiệp ở Việt Nam", "bao hiem that nghiep"),
        ("vi", "BẢO HIỂM THẤT NGHIỆP", "bảo hiểm"),
        ("km", "ការគាំពារសង្គមសម្រាប់កម្មករ", "គាំពារសង្គម"),
        ("lo", "ການປົກປ້ອງທາງສັງຄົມສໍາລັບແຮງງານ", "ປົກປ້ອງທາງສັງຄົມ"),
        ("lo", "ການປົກປ້ອງທາງສັງຄົມສໍາລັບແຮງງານ", "ສຳລັບແຮງງານ"),
        ("my", "အလုပ်သမားများအတွက် လူမှုဖူလုံရေး", "လူမှုဖူလုံရေး"),
        ("fil", "Proteksyong panlipunan para sa manggagawa", "panlipunan manggagawa"),
        ("zh-hans", "非正规就业工人的社会保护", "社会保护"),
        ("pt", "Proteção social para trabalhadores", "protecao social"),
    ],
)
def test_a_need_typed_in_ones_own_language_finds_the_work(stock: Stock, language: str, title: str, query: str) -> None:
    stock(
        work("right", text(language, title)), work("wrong", text("en", "Fisheries")), work("empty", text(language, "1"))
    )
    hit = ask(query).hits[0]
    assert hit.work == "right"
    assert hit.matched == (Match.TEXT,)
    assert "<mark>" in hit.title_html


@pytest.mark.parametrize(
    ("language", "run", "inside"),
    [
        ("th", "ระบบประกันสังคมแห่งชาติ", "สังคมแห่ง"),
        ("km", "ប្រព័ន្ធសន្តិសុខសង្គមជាតិ", "សុខសង្គម"),
        ("lo", "ລະບົບປະກັນສັງຄົມແຫ່ງຊາດ", "ສັງຄົມແຫ່ງ"),
        ("my", "နိုင်ငံတော်လူမှုဖူလုံရေးစနစ်", "ဖူလုံရေးစနစ်"),
        ("zh-hans", "国家社会保障体系建设", "会保障体"),
    ],
)
def test_a_part_of_a_run_without_spaces_finds_the_run(stock: Stock, language: str, run: str, inside: str) -> None:
    stock(work("right", text(language, "ก", body=run)), work("wrong", text("en", "Fisheries")))
    assert found(inside) == ["right"]


QUOTED = [
    ("th", "ประกันสังคมสำหรับลูกเรือ", "ลูกเรือ"),
    ("th", "กองทุนเงินทดแทนวอมแบต", "วอมแบต"),
    ("km", "បេឡាជាតិសន្តិសុខសង្គម", "សន្តិសុខសង្គម"),
    ("lo", "ກອງທຶນປະກັນສັງຄົມແຫ່ງຊາດ", "ປະກັນສັງຄົມ"),
    ("my", "လူမှုဖူလုံရေးအဖွဲ့", "လူမှုဖူလုံရေး"),
    ("zh-hans", "城镇职工失业保险", "失业保险"),
]


@pytest.mark.parametrize("query", ["ลูกหมี", "ปลาเรือ", "ครุฑ", "ครุฑ maritime", "ลูกเรือ airline"])
def test_what_a_text_does_not_quote_does_not_find_it(stock: Stock, query: str) -> None:
    stock(work("a", text("en", "Seafarers", body="Maritime (ลูกเรือ) insurance")), work("b", text("en", "Fisheries")))
    results = ask(query)
    assert not results.total or results.any_word


@pytest.mark.parametrize(("_language", "run", "query"), QUOTED)
@pytest.mark.parametrize("host", ["en", "vi", "id", "km", "th"])
def test_a_name_in_another_script_is_found_in_any_part_of_a_work(
    stock: Stock, _language: str, run: str, query: str, host: str
) -> None:
    words = f"Zanzibarine ports. {run} pays monthly"
    long = f"{'Benefits are paid monthly. ' * 40} {run}"
    stock(
        work("title", text(host, words)),
        work("summary", text(host, "T", words)),
        work("body", text(host, "T", body=words)),
        work("long", text(host, "T", body=long)),
        work("page", text("en", "T"), passages=(page(1, "One"), page(2, words, language=host))),
        work("none", text(host, "Fisheries")),
    )
    results = ask(query)
    assert {hit.work for hit in results.hits} == {"title", "summary", "body", "long", "page"}
    hits = {hit.work: hit for hit in results.hits}
    assert "<mark>" in hits["title"].title_html
    assert all("<mark>" in hits[key].snippet_html for key in ("summary", "body", "long"))
    assert [(passage.page, "<mark>" in passage.html) for passage in hits["page"].passages] == [(2, True)]
    (inside,) = service.search_inside("page", query, EVERYONE)
    assert (inside.page, inside.language, "<mark>" in inside.html) == (2, host, True)
    assert {"title", "page"} <= {hit.work for hit in ask("zanzibarine").hits}


@pytest.mark.parametrize("query", ["SSO ลูกเรือ", "ลูกเรือ seafarers", "ลูกเรือ 1990", "ลูกเรือ លុយ ports"])
def test_a_query_in_several_scripts_finds_a_text_that_quotes_one_in_the_other(stock: Stock, query: str) -> None:
    stock(
        work("right", text("en", "SSO", body="Ports and seafarers (ลูกเรือ 1990), លុយ paid")),
        work("half", text("en", "SSO", body="Seafarers of the ports in 1990 (គ្មាន)")),
        work("other", text("th", "ลูกเรือ")),
    )
    results = ask(query)
    assert ([hit.work for hit in results.hits], results.any_word) == (["right"], False)


def test_of_several_versions_the_one_that_quotes_what_was_asked_is_shown(stock: Stock) -> None:
    stock(work("a", text("vi", "Tàu biển"), text("en", "Seafarers", "The fund (ลูกเรือ) pays")))
    (hit,) = ask("ลูกเรือ", ui="vi").hits
    assert hit.language == "en"
    assert "<mark>" in hit.snippet_html
    stock(work("a", text("th", "ลูกเรือ"), text("en", "Seafarers", "The fund (ลูกเรือ) pays")))
    assert [hit.language for hit in ask("ลูกเรือ", ui="en").hits] == ["th"]


def test_a_text_that_names_a_concept_in_another_script_is_about_it(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {"theme:unemployment": UNEMPLOYMENT}
    concepts.forget()
    stock(work("a", text("en", "Report", "Named ประกันการว่างงาน here")), work("b", text("en", "Fisheries")))
    (hit,) = ask("bảo hiểm thất nghiệp").hits
    assert (hit.work, hit.matched) == ("a", (Match.CONCEPT,))


@pytest.mark.parametrize(
    ("written", "asked"), [("农民工的失业保险", "農民工 失業保險"), ("農民工的失業保險", "农民工 失业保险")]
)
def test_chinese_is_found_in_either_way_of_writing(stock: Stock, written: str, asked: str) -> None:
    stock(work("right", text("zh-hans", written)), work("other", text("zh-hans", "渔业")))
    results = ask(asked)
    assert ([hit.work for hit in results.hits], results.any_word) == (["right"], False)
    assert "<mark>" in results.hits[0].title_html
    assert results.hits[0].title == written
    assert [each.text for each in service.suggest(asked[:2], "zh-hans", EVERYONE)][:1]


def test_a_concept_named_in_traditional_characters_finds_works_in_other_languages(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {"theme:unemployment": {**UNEMPLOYMENT, "zh-hans": ["失业保险"]}}
    concepts.forget()
    stock(work("en", text("en", "Unemployment insurance")), work("fish", text("en", "Fisheries")))
    assert found("失業保險") == ["en"]


def test_a_short_query_wants_all_its_words_wherever_in_the_work_they_stand(stock: Stock) -> None:
    stock(
        work("both", text("en", "Pensions", body="For fishers, too.")),
        work("one", text("en", "Pensions")),
        work("pages", text("en", "Pensions"), passages=(page(1, "All fishers are covered."),)),
    )
    assert set(found("pensions fishers")) == {"both", "pages"}


def test_words_are_not_gathered_from_two_languages(stock: Stock) -> None:
    stock(work("a", text("en", "Pensions"), text("id", "Nelayan")), work("b", text("en", "Pensions fishers")))
    assert ask("pensions nelayan").any_word


def test_when_no_work_holds_all_words_those_with_some_are_shown_and_it_is_said(stock: Stock) -> None:
    stock(work("a", text("en", "Pensions")), work("b", text("en", "Fishers")))
    results = ask("pensions fishers")
    assert {hit.work for hit in results.hits} == {"a", "b"}
    assert results.any_word


def test_filters_that_leave_nothing_do_not_make_the_query_any_word(stock: Stock) -> None:
    stock(work("a", text("en", "Pensions fishers")), work("b", text("en", "Pensions"), facets={"type": ("video",)}))
    assert ask("pensions fishers", filters={"type": ("video",)}).total == 0


def test_a_question_needs_only_a_share_of_its_words(stock: Stock) -> None:
    stock(
        work("right", text("en", "Benefits", body="A worker who loses a job receives benefits for twelve months.")),
        *(work(f"other{number}", text("en", f"Fisheries {number}")) for number in range(9)),
    )
    assert found("For how many months does somebody who lost their job receive benefits?")[0] == "right"


def test_a_title_counts_more_than_a_body(stock: Stock) -> None:
    filler = "Other matters are told here at some length, of fish and boats and nets and harbours."
    stock(
        work("body", text("en", "Report", body=f"Pensions. {filler}")),
        work("title", text("en", "Pensions", body=filler)),
    )
    assert found("pensions") == ["title", "body"]


def test_words_that_stand_together_come_first(stock: Stock) -> None:
    stock(
        work("apart", text("en", "Report", body="The insurance of boats and the unemployment of sailors.")),
        work("together", text("en", "Report", body="Boats, sailors and the unemployment insurance they have.")),
    )
    assert found("unemployment insurance") == ["together", "apart"]


# --- The query language -------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "works"),
    [
        ('"social insurance"', {"phrase"}),
        ('"social insurance" fund', {"phrase"}),
        ("insurance -fund", {"apart"}),
        ('insurance -"social insurance"', {"apart"}),
        ("fisheries OR fund", {"phrase", "fish"}),
        ("title:insurance", {"apart"}),
        ("title:fisheries OR title:insurance", {"apart", "fish"}),
        ('title:"insurance for the social"', {"apart"}),
        ("insurance -title:insurance", {"phrase"}),
    ],
)
def test_quotes_minus_or_and_title_mean_what_people_expect(stock: Stock, query: str, works: set[str]) -> None:
    stock(
        work("phrase", text("en", "Report", body="The social insurance fund.")),
        work("apart", text("en", "Insurance for the social sector")),
        work("fish", text("en", "Fisheries")),
    )
    assert set(found(query)) == works


@pytest.mark.parametrize(("query", "works"), [('"ประกันสังคม"', {"run"}), ("สังคม -กองทุน", {"apart"})])
def test_quotes_and_minus_work_in_scripts_without_spaces(stock: Stock, query: str, works: set[str]) -> None:
    stock(work("run", text("th", "กองทุนประกันสังคมไทย")), work("apart", text("th", "สังคมกับการประกันภัย")))
    assert set(found(query)) == works


def test_a_title_in_the_query_wins_over_facets_of_other_works(stock: Stock) -> None:
    stock(work("a", text("vi", "Quỹ bảo hiểm xã hội")), work("b", text("vi", "Bảo hiểm tài sản của xã và hội")))
    assert found('"bảo hiểm xã hội"') == ["a"]
    assert found('"bao hiem xa hoi"') == ["a"]


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


# --- Concepts -----------------------------------------------------------------


@pytest.fixture
def themed(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {
        "theme:unemployment": UNEMPLOYMENT,
        "country:VN": {"en": ["Viet Nam", "Vietnam"], "lo": ["ຫວຽດນາມ"], "th": ["เวียดนาม"]},
    }
    concepts.forget()
    about = ("theme:unemployment",)
    stock(
        work("en", text("en", "Income for those who lose work"), concepts=(*about, "country:VN")),
        work("lo", text("lo", "ປະກັນການຫວ່າງງານໃນລາວ"), concepts=about),
        work("words", text("lo", "ກອງທຶນປະກັນການຫວ່າງງານ")),
        work("other", text("en", "Fisheries"), concepts=("country:VN",)),
    )


def test_a_concept_named_in_lao_finds_a_work_in_english_below_those_with_the_words(themed: None) -> None:
    results = ask("ປະກັນການຫວ່າງງານ", ui="en")
    works = [hit.work for hit in results.hits]
    assert set(works[:2]) == {"lo", "words"}
    assert works[2:] == ["en"]
    hit = results.hits[2]
    assert hit.matched == (Match.CONCEPT,)
    assert hit.concepts == (("Unemployment insurance", "Unemployment insurance"),)
    by_work = {each.work: each for each in results.hits}
    assert by_work["lo"].matched == (Match.TEXT, Match.CONCEPT)
    assert by_work["lo"].concepts == (("Unemployment insurance", "ປະກັນການຫວ່າງງານ"),)
    assert by_work["words"].matched == (Match.TEXT, Match.CONCEPT)


@pytest.mark.parametrize(
    "query", ["bảo hiểm thất nghiệp", "bao hiem that nghiep", "Unemployment Insurance", "ประกันการว่างงาน"]
)
def test_a_concept_is_known_by_any_of_its_names(themed: None, query: str) -> None:
    assert "en" in found(query)


def test_a_work_about_both_concepts_comes_before_one_about_one_of_them(themed: None) -> None:
    works = found("unemployment insurance Vietnam")
    assert works[0] == "en"
    assert "other" not in works


def test_a_name_that_is_little_of_the_query_brings_nothing_by_itself(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {"country:VN": {"en": ["Vietnam"]}}
    concepts.forget()
    words = "fund reserve actuary projection boats nets harbours"
    stock(
        *(work(f"w{number}", text("en", words)) for number in range(5)),
        work("other", text("en", "Fisheries"), concepts=("country:VN",)),
    )
    assert "other" not in found(f"{words} Vietnam")
    assert found("Vietnam") == ["other"]


def test_names_that_change_count_at_once_when_they_are_forgotten(themed: None, shelf: Shelf) -> None:
    assert "en" not in found("desemprego")
    shelf.labels = {"theme:unemployment": {"pt": ["Desemprego"]}}
    assert "en" not in found("desemprego")
    concepts.forget()
    assert "en" in found("desemprego")


def test_a_work_found_by_its_concept_shows_where_it_tells_of_it(shelf: Shelf, stock: Stock) -> None:
    shelf.labels = {"theme:unemployment": UNEMPLOYMENT}
    concepts.forget()
    pages = (page(1, "Fish."), page(2, "How unemployment insurance is paid."))
    stock(work("en", text("en", "Income"), concepts=("theme:unemployment",), passages=pages))
    (hit,) = ask("ประกันการว่างงาน").hits
    assert [passage.page for passage in hit.passages] == [2]
    assert "<mark>" in hit.passages[0].html


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


# --- Facets, order, pages -----------------------------------------------------


def test_facets_have_labels_in_the_readers_language_and_their_own_order(stock: Stock) -> None:
    stock(
        work("a", facets={"type": ("video",), "country": ("TH", "KH"), "year": ("2019",)}),
        work("b", facets={"type": ("fact-sheet",), "country": ("TH",), "year": ("2021",)}),
        work("c", facets={"type": ("fact-sheet",), "year": ("2020",)}),
    )
    facets = {facet.name: facet for facet in ask("", ui="km").facets}
    assert [(value.label, value.count) for value in facets["type"].values] == [("Fact sheet", 2), ("Video", 1)]
    assert [value.label for value in facets["country"].values] == ["KH in km", "TH in km"]
    assert [value.value for value in facets["year"].values] == ["2021", "2020", "2019"]


def test_a_tree_facet_lists_children_below_their_parents(stock: Stock) -> None:
    stock(
        work("a", facets={"theme": ("insurance", "pensions")}),
        work("b", facets={"theme": ("insurance", "unemployment")}),
        work("c", facets={"theme": ("insurance", "unemployment")}),
        work("d", facets={"theme": ("assistance",)}),
    )
    theme = next(facet for facet in ask("").facets if facet.name == "theme")
    assert [(value.value, value.depth, value.count) for value in theme.values] == [
        ("insurance", 0, 3),
        ("unemployment", 1, 2),
        ("pensions", 1, 1),
        ("assistance", 0, 1),
    ]


def test_a_chosen_value_stays_in_sight_though_nothing_has_it(stock: Stock) -> None:
    stock(work("a", facets={"type": ("fact-sheet",), "country": ("VN",)}))
    results = ask("", filters={"country": ("VN",), "type": ("video",)})
    assert results.total == 0
    values = next(facet for facet in results.facets if facet.name == "type").values
    assert [(value.value, value.count, value.selected) for value in values] == [
        ("fact-sheet", 1, False),
        ("video", 0, True),
    ]


def test_unknown_values_and_facets_are_ignored_and_told(stock: Stock) -> None:
    stock(work("a"))
    results = ask("", filters={"type": ("nonsense", "fact-sheet"), "colour": ("red",)})
    assert results.total == 1
    assert results.ignored == (("type", "nonsense"), ("colour", "red"))
    assert results.query.filters == {"type": ("fact-sheet",)}


@pytest.mark.parametrize(
    ("given", "chosen", "works"),
    [
        ({"type": ("FACT-SHEET",)}, {"type": ("fact-sheet",)}, 2),
        ({"type": ("Video", "video", "VIDEO")}, {"type": ("video",)}, 1),
        ({"type": ("Fact_Sheet",)}, {}, 3),
        ({"type": ("ﬁlm", "ß", "İ", "\ud800")}, {}, 3),
        ({"country": ("vn",)}, {"country": ("VN",)}, 1),
        ({"country": ("vN", "Th")}, {"country": ("VN", "TH")}, 2),
        ({"language": ("zh-Hans",)}, {"language": ("zh-hans",)}, 1),
        ({"language": ("ZH-HANS", "FIL")}, {"language": ("zh-hans", "fil")}, 2),
    ],
)
def test_a_value_is_known_however_its_letters_are_typed(
    stock: Stock, shelf: Shelf, given: dict[str, tuple[str, ...]], chosen: dict[str, tuple[str, ...]], works: int
) -> None:
    codes = {"country": {"VN", "TH", "KH"}, "language": {"en", "fil", "zh-hans"}}
    shelf.facets = [
        replace(facet, known=codes[facet.name].__contains__) if facet.name in codes else facet for facet in shelf.facets
    ]
    stock(
        work("a", text("zh-hans", "失业保险"), facets={"type": ("fact-sheet",), "language": ("zh-hans",)}),
        work("b", facets={"type": ("fact-sheet",), "country": ("VN",), "language": ("fil",)}),
        work("c", facets={"type": ("video",), "country": ("TH",)}),
    )
    results = ask("", filters=given)
    assert (results.query.filters, results.total) == (chosen, works)


def test_titles_sort_for_the_reader_by_the_version_that_he_sees(stock: Stock) -> None:
    stock(
        work("a", text("en", "Zebra"), text("pt", "Água")),
        work("b", text("en", "apple"), text("pt", "Zona")),
        work("c", text("th", "กองทุน")),
    )
    assert found("", sort=Sort.TITLE, ui="en") == ["b", "a", "c"]
    assert found("", sort=Sort.TITLE, ui="pt") == ["a", "b", "c"]
    assert found("", sort=Sort.TITLE, ui="th") == ["c", "b", "a"]


def test_a_page_past_the_end_is_empty_and_says_so(stock: Stock) -> None:
    stock(*(work(f"w{number}") for number in range(12)))
    results = ask("work", page=3)
    assert (results.total, results.hits, results.pages, results.past_the_end) == (12, (), 2, True)
    assert len(ask("work", page=2).hits) == 2
    assert ask("work", page=10**30).total == 12


# --- Access -------------------------------------------------------------------


def test_what_is_restricted_is_neither_found_nor_counted_nor_suggested(stock: Stock) -> None:
    stock(
        work("open", text("en", "Pensions for all")), work("hidden", text("en", "Pensions in secret"), readers=("7",))
    )
    results = ask("pensions")
    assert [hit.work for hit in results.hits] == ["open"]
    assert next(facet for facet in results.facets if facet.name == "type").values[0].count == 1
    assert "Pensions in secret" not in [each.text for each in service.suggest("pensions", "en", EVERYONE)]
    members = frozenset({PUBLIC, "7"})
    assert ask("pensions", readers=members).total == 2
    assert "Pensions in secret" in [each.text for each in service.suggest("pensions", "en", members)]


# --- Suggestions --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("soc", "Social insurance"),
        ("social ins", "Social insurance"),
        ("insur", "Social insurance"),
        ("SOCIAL  INS", "Social insurance"),
        ("protecao", "Proteção social"),
        ("ประกัน", "กองทุนประกันสังคม"),
        ("ประกันสั", "กองทุนประกันสังคม"),
        ("សន្តិ", "សន្តិសុខសង្គម"),
    ],
)
def test_titles_are_completed_in_any_language(stock: Stock, typed: str, title: str) -> None:
    stock(
        work("a", text("en", "Social insurance"), text("pt", "Proteção social")),
        work("b", text("th", "กองทุนประกันสังคม")),
        work("c", text("km", "សន្តិសុខសង្គម")),
        work("d", text("en", "Fisheries")),
    )
    assert [each.text for each in service.suggest(typed, "en", EVERYONE)] == [title]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("s", "Social insurance"),
        ("soc", "Social insurance"),
        ("social ins", "Social insurance"),
        ("for", "Forms of social insurance"),
        ("ประ", "ประกันสังคม"),
        ("ประกันสัง", "ประกันสังคม"),
    ],
)
def test_titles_that_begin_with_what_was_typed_come_first(stock: Stock, typed: str, first: str) -> None:
    stock(
        work("a", text("en", "Insurance for social workers, forms and social services")),
        work("b", text("en", "Forms of social insurance")),
        work("c", text("en", "Social insurance")),
        work("d", text("th", "กองทุนประกันสังคม")),
        work("e", text("th", "ประกันสังคม")),
    )
    assert service.suggest(typed, "en", EVERYONE)[0].text == first


def test_a_title_is_completed_however_many_words_begin_like_it(stock: Stock) -> None:
    stock(
        *(work(f"w{number:02}", text("en", f"Social sa{number:02}")) for number in range(80)),
        work("right", text("en", "Social security")),
    )
    texts = [each.text for each in service.suggest("social sec", "en", EVERYONE)]
    assert texts == ["Social security"]
    assert len(service.suggest("social s", "en", EVERYONE)) == 10


def test_words_of_different_versions_complete_nothing_together(stock: Stock) -> None:
    stock(work("a", text("en", "Social insurance"), text("pt", "Proteção social")))
    assert service.suggest("insurance prot", "en", EVERYONE) == ()


def test_a_completion_leads_to_the_version_that_holds_it(stock: Stock) -> None:
    stock(work("a", text("en", "Social insurance"), text("pt", "Proteção social")))
    (suggestion,) = service.suggest("prote", "en", EVERYONE)
    assert (suggestion.kind, suggestion.language, suggestion.url) == ("work", "pt", "/pt/Proteção soc/")


def test_what_the_sources_offer_comes_first(stock: Stock) -> None:
    stock(work("a", text("en", "Pensions for all")))
    assert [each.kind for each in service.suggest("pen", "en", EVERYONE)] == ["theme", "work"]


@pytest.mark.parametrize("typed", ["", " ", "?", "-"])
def test_nothing_typed_completes_to_nothing(stock: Stock, typed: str) -> None:
    stock(work("a"))
    assert service.suggest(typed, "en", EVERYONE) == ()


# --- Health -------------------------------------------------------------------


def test_warming_up_needs_neither_index_nor_library(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    service.warm_up()

    def away() -> None:
        raise DatabaseError("no such table")

    concepts.forget()
    monkeypatch.setattr(shelf, "concept_labels", away)
    service.warm_up()


def test_a_new_portal_is_well_and_one_that_lost_its_index_is_not(shelf: Shelf, stock: Stock, index: Path) -> None:
    assert service.health().index_ok
    shelf.put(work("a"))
    assert (service.health().index_ok, service.health().waiting) == (True, 1)
    rebuild()
    assert (service.health().works, service.health().waiting) == (1, 0)
    shutil.rmtree(index)
    health = service.health()
    assert not health.index_ok
    assert "search_index --rebuild" in health.index_reason


# --- Questions ----------------------------------------------------------------


def test_what_is_asked_of_a_name_does_not_answer_it(stock: Stock) -> None:
    stock(
        work("asks", text("th", "บำนาญคืออะไร", "บำนาญคืออะไร และใครได้รับ")),
        work("tells", text("th", "กองทุนประกันสังคม", "SSF ดูแลกองทุนประกันสังคมของแรงงาน")),
    )
    assert found("SSF คืออะไร") == ["tells"]


def test_a_short_question_is_answered_by_most_of_its_words_a_name_by_all(stock: Stock) -> None:
    stock(
        work("all", text("th", "เงินอุดหนุน", "รัฐบาลจ่ายเงินให้เด็ก")),
        work("most", text("th", "เบี้ยยังชีพ", "รัฐบาลจ่ายเงินทุกเดือน")),
    )
    assert found("ใครจ่ายเงินเด็ก") == ["all", "most"]
    assert found("จ่ายเงินเด็ก") == ["all"]
