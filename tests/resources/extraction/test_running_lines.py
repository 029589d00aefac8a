"""What stands at the head and foot of every page is said once, and nothing else is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from resources.extraction.running_lines import say_once


def page(number: int, text: str) -> str:
    return f"ບົດລາຍງານ ປະຈໍາປີ\n{text}\nໜ້າ {number} / 3"


def test_no_page_has_nothing_to_say() -> None:
    assert say_once([]) == []


def test_a_head_and_a_foot_are_left_on_the_first_page_only() -> None:
    pages = say_once([page(1, "ໜຶ່ງ"), page(2, "ສອງ"), page(3, "ສາມ")])
    assert pages == [page(1, "ໜຶ່ງ"), "ສອງ", "ສາມ"]


def test_a_cover_without_a_head_changes_nothing_for_the_others() -> None:
    pages = ["The cover\nwith a title\nand a year", "Head\nOne\nPage 2", "Head\nTwo\nPage 3"]
    assert say_once(pages)[1:] == ["Head\nOne\nPage 2", "Two"]


def test_a_line_in_the_middle_of_pages_stays_however_often_it_comes() -> None:
    pages = [
        f"a{number} b\nc{'x' * number}\nagain and again\nd{'y' * number}\ne{'z' * number}" for number in range(1, 4)
    ]
    assert all("again and again" in text for text in say_once(pages))


def test_pages_that_say_the_same_keep_something() -> None:
    assert all(say_once(["Same\nSame\nSame"] * 3))


def test_a_page_of_one_line_keeps_it() -> None:
    assert say_once(["Only"] * 4) == ["Only"] * 4


def test_a_single_page_is_left_alone() -> None:
    assert say_once(["Head\ntext\nFoot"]) == ["Head\ntext\nFoot"]


@given(st.lists(st.text(alphabet="ab1\n ក", max_size=40), max_size=8))
def test_pages_keep_their_number_and_never_become_empty(pages: list[str]) -> None:
    kept = say_once(pages)
    assert len(kept) == len(pages)
    assert all(bool(new.strip()) == bool(old.strip()) for new, old in zip(kept, pages, strict=True))


@given(st.lists(st.text(alphabet="ab\n", max_size=20), max_size=6))
def test_every_line_is_still_said_somewhere(pages: list[str]) -> None:
    def said(texts: list[str]) -> set[str]:
        return {" ".join(line.split()) for text in texts for line in text.split("\n") if line.strip()}

    assert said(say_once(pages)) == said(pages)
