"""What stands at the head and foot of every page is left out, and nothing else is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resources.extraction.running_lines import without_running_lines


def page(number: int, text: str) -> str:
    return f"ບົດລາຍງານ ປະຈໍາປີ\n{text}\nໜ້າ {number} / 3"


def test_no_page_has_nothing_to_say() -> None:
    assert without_running_lines([]) == []


def test_what_two_pages_have_and_nothing_else_says_is_left_on_the_first() -> None:
    pages = without_running_lines([page(1, "ໜຶ່ງ"), page(2, "ສອງ")])
    assert pages == [page(1, "ໜຶ່ງ"), "ສອງ"]


def test_a_heading_that_came_twice_is_kept_once_where_its_words_are_said_nowhere_else() -> None:
    pages = ["Cover\nof a report\n2019", "Annex\nOne\nMore", "Annex\nTwo\nOther"]
    assert without_running_lines(pages) == ["Cover\nof a report\n2019", "Annex\nOne\nMore", "Two\nOther"]


def test_a_head_and_a_foot_of_three_pages_are_left_out() -> None:
    assert without_running_lines([page(1, "ໜຶ່ງ"), page(2, "ສອງ"), page(3, "ສາມ")]) == ["ໜຶ່ງ", "ສອງ", "ສາມ"]


@pytest.mark.parametrize(
    ("cover", "head"),
    [
        ("Fact sheet\nInsurance in Viet \nNam: how it works", "Insurance in Viet Nam: how it works Fact sheet"),
        ("Tờ thông tin\nBảo hiểm thất\nnghiệp", "BẢO HIỂM THẤT NGHIỆP Tờ thông tin"),
        ("Lembar fakta\nJaminan\nkehilangan pekerjaan", "Jaminan kehilangan pekerjaan Lembar fakta"),
        ("Folha\nSeguro de\ndesemprego", "Seguro de desemprego 2019 Folha"),
        ("Tala\nSeguro sa\nkawalan ng trabaho", "Seguro sa kawalan ng trabaho Tala"),
        ("เอกสาร\nการประกันการว่าง\nงานในเวียดนาม", "การประกันการว่างงานในเวียดนาม เอกสาร"),
        ("សន្លឹក\nធានារ៉ាប់រងហានិ\nភ័យការងារ", "ធានារ៉ាប់រងហានិភ័យការងារ សន្លឹក"),
        ("ເອກະສານ\nການປະກັນການຫວ່າງ\nງານ", "ການປະກັນການຫວ່າງງານ ເອກະສານ"),
        ("စာရွက်\nအလုပ်လက်မဲ့\nအာမခံ", "အလုပ်လက်မဲ့အာမခံ စာရွက်"),
        ("资料\n越南失业\n保险", "越南失业保险 资料"),
    ],
)
def test_a_title_that_runs_over_the_pages_behind_its_cover_is_left_out(cover: str, head: str) -> None:
    pages = [cover, f"{head}\nOne\ntext\nhere", f"{head}\nTwo\nwords\nthere"]
    assert without_running_lines(pages) == [cover, "One\ntext\nhere", "Two\nwords\nthere"]


def test_a_cover_without_a_head_changes_nothing_for_the_others() -> None:
    pages = ["The cover\nwith a title\nand a year", "Head\nOne\nPage 2", "Head\nTwo\nPage 3"]
    assert without_running_lines(pages)[1:] == ["Head\nOne\nPage 2", "Two"]


def test_a_line_in_the_middle_of_pages_stays_however_often_it_comes() -> None:
    pages = [
        f"a{number} b\nc{'x' * number}\nagain and again\nd{'y' * number}\ne{'z' * number}" for number in range(1, 4)
    ]
    assert all("again and again" in text for text in without_running_lines(pages))


def test_pages_that_say_the_same_keep_something() -> None:
    assert all(without_running_lines(["Same\nSame\nSame"] * 3))


def test_a_page_of_one_line_keeps_it() -> None:
    assert without_running_lines(["Only"] * 4) == ["Only"] * 4


def test_a_single_page_is_left_alone() -> None:
    assert without_running_lines(["Head\ntext\nFoot"]) == ["Head\ntext\nFoot"]


@given(st.lists(st.text(alphabet="ab1\n ក", max_size=40), max_size=8))
def test_pages_keep_their_number_and_never_become_empty(pages: list[str]) -> None:
    kept = without_running_lines(pages)
    assert len(kept) == len(pages)
    assert all(bool(new.strip()) == bool(old.strip()) for new, old in zip(kept, pages, strict=True))


@example(["a\nbb\nb\na\na"] * 2)
@given(st.lists(st.text(alphabet="abก \n", max_size=20), max_size=6))
def test_what_fewer_than_three_pages_say_is_still_said_somewhere(pages: list[str]) -> None:
    def lines(page: str) -> set[str]:
        return {" ".join(line.split()) for line in page.split("\n") if line.strip()}

    kept = "".join("".join(without_running_lines(pages)).split())
    on_pages = Counter(line for page in pages for line in lines(page))
    assert all(word in kept for line, count in on_pages.items() if count < 3 for word in line.split())
