"""What visitors get from a query, on works of a few sentences in many languages."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError

from search import concepts, service
from search.indexing.rebuild import rebuild
from search.types import PUBLIC, Match
from tests.search.shelf import EVERYONE, Shelf, Stock, ask, found, page, text, work

pytestmark = pytest.mark.django_db

# --- When there is nothing to find, or nobody to ask --------------------------


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


# --- Words --------------------------------------------------------------------


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
