"""Lines of a page are joined where only the paper's edge ended them."""

from __future__ import annotations

import pytest

from resources.packs.exporting.running_text import running
from tests.resources.packs.made import NOTES


def test_lines_of_a_paragraph_are_one_and_headings_stand_alone() -> None:
    page = (
        "Why one scheme\n"
        "A provident fund is easy to understand, and each person\n"
        "owns an account. It has limits that are well known here.\n"
        "Two layers\n"
        "The second layer began in 1993 with a provident fund, so\n"
        "that workers save.\n"
        "• first\n"
        "• second\n"
    )
    assert running(page) == [
        "Why one scheme",
        "A provident fund is easy to understand, and each person "
        "owns an account. It has limits that are well known here.",
        "Two layers",
        "The second layer began in 1993 with a provident fund, so that workers save.",
        "• first",
        "• second",
    ]


@pytest.mark.parametrize("language", NOTES)
def test_no_word_is_lost_in_any_language(language: str) -> None:
    page = "\n\n".join([f"{NOTES[language]}\n{NOTES[language]}"] * 3)
    assert "".join("".join(running(page)).split()) == "".join(page.split())


def test_an_empty_page_has_no_paragraph() -> None:
    assert running(" \n\x0c\n") == []
