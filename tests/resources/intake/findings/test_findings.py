"""What is found of a file, and from where."""

from __future__ import annotations

from datetime import date

import pytest

from resources.intake.findings import ReadFile, from_json, to_json, without_language
from resources.intake.findings.file_name import language_in, words_of
from resources.intake.findings.identifiers import dois, isbns
from resources.intake.findings.kinds import WORDS, kinds
from resources.intake.findings.licences import licences
from resources.intake.findings.people import authors
from resources.intake.findings.subjects import subjects
from resources.intake.findings.summaries import summaries
from resources.intake.findings.titles import titles
from resources.intake.findings.years import years
from search.concepts import ConceptTable
from tests.resources.intake.conftest import text_of

TODAY = date(2026, 5, 1)


def read(*pages: str, name: str = "file.pdf", language: str = "en", **more: object) -> ReadFile:
    return ReadFile(name, text_of(*pages, **more), language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "junk",
    [
        "Microsoft Word - report.docx",
        "untitled",
        "Document1",
        "report_final.indd",
        "C:\\Users\\me\\x.doc",
        "file",
        "123",
    ],
)
def test_a_title_that_a_program_wrote_is_passed_over(junk: str) -> None:
    file = read("Old age in the Mekong\nA study", statements=(("title", junk, "properties"),))
    assert titles(file)[0].value == "Old age in the Mekong"


def test_a_title_of_the_properties_that_stands_on_the_cover_is_surest() -> None:
    file = read(
        "2021\nSocial pensions in\nLao PDR\nWhat they cost",
        statements=(("title", "Social pensions in Lao PDR", "properties"), ("title", "WHAT THEY COST", "largest")),
    )
    assert (titles(file)[0].value, titles(file)[0].source) == ("Social pensions in Lao PDR", "properties")


def test_the_largest_text_of_the_cover_comes_before_properties_that_the_cover_does_not_have() -> None:
    file = read(
        "Pensions for all\nby the ministry",
        statements=(("title", "Layout of the annual series", "xmp"), ("title", "Pensions for all", "largest")),
    )
    assert titles(file)[0].source == "largest"


def test_a_file_without_any_text_has_the_title_of_its_name() -> None:
    assert titles(read(name="cash_transfers-2021.km.pdf"))[0].value == "Cash transfers 2021"


@pytest.mark.parametrize(
    ("page", "language", "year"),
    [
        ("Report\n2019", "en", "2019"),
        ("รายงานประจำปี ๒๕๖๒", "th", "2019"),
        ("รายงานประจำปี 2562", "th", "2019"),
        ("របាយការណ៍ ២០២១", "km", "2021"),
        ("အစီရင်ခံစာ ၂၀၂၀", "my", "2020"),
        ("© International Labour Organization 2018\nfirst seen 2024", "en", "2018"),
    ],
)
def test_a_year_is_read_in_any_digits_and_calendar(page: str, language: str, year: str) -> None:
    assert years(read(page, language=language), TODAY)[0].value == year


def test_a_year_yet_to_come_and_a_number_are_no_year_of_publication() -> None:
    assert [finding.value for finding in years(read("Vision 2045 for 1203 villages"), TODAY)] == []


def test_the_day_a_file_was_made_is_only_the_last_guess() -> None:
    file = read("Report of 2017", statements=(("date", "D:20230405", "properties"),))
    assert [(finding.value, finding.source) for finding in years(file, TODAY)] == [
        ("2017", "text"),
        ("2023", "properties"),
    ]


def test_an_isbn_counts_by_its_check_digit() -> None:
    page = "ISBN 978-92-2-131585-8 (print)\nISBN 978-92-2-131585-9\nTel. 9221315851\nISBN: 92-2-102345-X"
    assert [finding.value for finding in isbns(read(page))] == ["978-92-2-131585-8"]


def test_an_isbn_of_ten_digits_needs_the_word_before_it() -> None:
    assert [finding.value for finding in isbns(read("Call 0-306-40615-2. ISBN 0-306-40615-2"))] == ["0-306-40615-2"]
    assert isbns(read("Call 0306406152 now")) == []


def test_a_doi_ends_before_the_full_stop() -> None:
    found = dois(read("See https://doi.org/10.54394/FUJE8273. (doi:10.1000/abc(2)x)"))
    assert [finding.value for finding in found] == ["10.54394/FUJE8273", "10.1000/abc(2)x"]
    assert found[0].page == 1


@pytest.mark.parametrize("junk", ["admin", "Microsoft Office User", "jsmith2", "user@example.org", "HP"])
def test_a_user_of_a_computer_is_no_author(junk: str) -> None:
    assert authors(read("A page", statements=(("author", junk, "properties"),))) == []


@pytest.mark.parametrize(
    "line",
    [
        "By: Somchai Jaidee and Nguyen Thi Lan",
        "Penulis: Somchai Jaidee dan Nguyen Thi Lan",
        "Autores: Somchai Jaidee; Nguyen Thi Lan",
    ],
)
def test_authors_named_on_the_first_pages_come_before_the_properties(line: str) -> None:
    file = read("A title", line, statements=(("author", "The Publisher", "xmp"),))
    assert [finding.value for finding in authors(file)] == ["Somchai Jaidee", "Nguyen Thi Lan"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://creativecommons.org/licenses/by-nc/4.0/", "cc-by-nc"),
        ("This work is open under CC BY-SA 4.0.", "cc-by-sa"),
        ("All rights reserved. This chapter: CC BY 4.0", "cc-by"),
        ("All rights reserved.", "reserved"),
    ],
)
def test_a_licence_is_known_by_its_address_or_letters(text: str, value: str) -> None:
    assert licences(read(text))[0].value == value


def test_another_version_of_a_licence_is_another_licence() -> None:
    assert licences(read("CC BY 3.0 IGO, https://creativecommons.org/licenses/by/3.0/igo/")) == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Fact sheet: pensions", "fact-sheet"),
        ("สรุปการศึกษาดูงาน ณ กรุงฮานอย", "study-visit-report"),
        ("ការអនុវត្តល្អ៖ បញ្ជីឈ្មោះ", "good-practice"),
        ("概况介绍:养老金", "fact-sheet"),
        ("Báo cáo chuyến khảo sát", "study-visit-report"),
        ("Annual report", "publication"),
    ],
)
def test_a_kind_is_told_by_words_of_its_titles(title: str, kind: str) -> None:
    assert kinds(read(title), title)[0].value == kind


def test_every_kind_has_words_in_every_script() -> None:
    for words in WORDS.values():
        text = " ".join(words)
        for first, last in (("ก", "๛"), ("ក", "៹"), ("ກ", "ໝ"), ("က", "႟"), ("一", "鿿")):
            assert any(first <= letter <= last for letter in text)


def test_themes_come_with_words_page_and_count() -> None:
    table = ConceptTable(
        {"theme:pensions": {"en": ["Pensions", "old-age benefit"]}, "theme:health": {"en": ["Health"]}}
    )
    file = read("Cover", "The old-age benefit. Old-age benefit for all. The old-age benefit grows.", "Health once")
    found = subjects(file, "Cover", table)["theme"]
    assert [(one.value, one.words, one.page, one.times) for one in found] == [("pensions", ("old-age benefit",), 2, 3)]


def test_a_theme_of_a_text_without_spaces_is_found() -> None:
    table = ConceptTable({"theme:unemployment": {"th": ["ประกันการว่างงาน"]}})
    file = read("การประกันการว่างงานช่วยคนงาน ประกันการว่างงานสำคัญ และประกันการว่างงานดี", language="th")
    assert subjects(file, "เรื่อง", table)["theme"][0].times == 3


def test_a_country_in_the_title_is_what_a_file_is_about() -> None:
    table = ConceptTable({"country:VN": {"en": ["Viet Nam"]}, "country:TH": {"en": ["Thailand"]}})
    file = read("Thailand was visited.")
    assert [one.value for one in subjects(file, "Pensions in Viet Nam", table)["country"]] == ["VN"]


def test_the_summary_of_a_file_is_its_abstract() -> None:
    told = "This paper shows how three districts of Cambodia pay child grants through mobile money, and what it costs."
    file = read("A title\n\nAbstract\n" + told + "\n\n1 Introduction")
    assert summaries(file, "A title")[0].value.startswith("This paper shows")


@pytest.mark.parametrize(
    ("name", "language", "plain"),
    [
        ("guide.th.pdf", "th", "guide"),
        ("Guide (Khmer) final.pdf", "km", "guide"),
        ("guide_zh-Hans.pdf", "zh-hans", "guide"),
        ("ILO-guide_VN.pdf", "vi", "ilo guide"),
        ("th.pdf", "", "th"),
    ],
)
def test_a_name_says_its_language_and_stays_the_same_without(name: str, language: str, plain: str) -> None:
    assert language_in(name) == language
    assert without_language(name) == plain


def test_a_name_alone_makes_a_title() -> None:
    assert words_of("one_stop-shop.lo.pdf") == "One stop shop"


def test_findings_are_the_same_after_they_were_kept() -> None:
    file = read("Report of 2017, ISBN 978-92-2-131585-8")
    kept = from_json(to_json({"year": years(file, TODAY), "isbn": isbns(file)}))
    assert kept["year"] == years(file, TODAY)
    assert kept["isbn"] == isbns(file)
