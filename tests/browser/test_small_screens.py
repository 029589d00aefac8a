"""What a phone's small screen asks for: menus that cover, targets that a finger hits, words that fit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from search.languages import LANGUAGE_CODES

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

TARGET = 44

# Of the links inside `within`, those less than 44 px wide or high.
SMALL = """within => [...document.querySelectorAll(`${within} a`)].map(link => [link.textContent.trim(),
    link.getBoundingClientRect()]).filter(([, box]) => box.width < 44 || box.height < 43.9)
    .map(([text, box]) => `${text}: ${box.width} by ${box.height}`)"""

# How many pixels the words in the empty search box are longer than it.
CUT = """() => {
  const box = document.querySelector('.find input');
  const style = getComputedStyle(box);
  const words = document.createElement('span');
  words.style.cssText = 'position: absolute; white-space: pre';
  words.style.font = style.font;
  words.textContent = box.placeholder;
  document.body.append(words);
  return words.getBoundingClientRect().width
    - (box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
}"""


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", ["en", "my", "km"])
def test_the_menus_lie_over_the_page_one_at_a_time(open_page: Open, language: str, scripts: bool) -> None:
    page = open_page(f"/{language}/library/guide-social-partners/", width=360, scripts=scripts)
    before = page.locator("main").bounding_box()
    for menu, other in (("menu", "pick"), ("pick", "menu")):
        page.locator(f".{menu} summary").click()
        page.locator(f".{menu} li a").first.click(trial=True)
        assert page.locator("main").bounding_box() == before
        assert page.locator(f".{other}").get_attribute("open") is None
        box = page.locator(f".{menu} ul").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("path", ["/", "/search/"])
def test_the_words_in_the_search_box_are_not_cut(open_page: Open, language: str, path: str) -> None:
    page = open_page(f"/{language}{path}", width=360)
    assert page.evaluate(CUT) <= 0


@pytest.mark.parametrize("language", ["en", "fil", "my", "km"])
@pytest.mark.parametrize(
    ("path", "within"),
    [
        ("/library/unemployment-insurance-viet-nam/", ".facts"),
        ("/events/disaster-ready-protection-2027/", ".facts"),
        ("/", ".foot"),
        ("/search/?q=unemployment+insurance", ".sorts"),
        ("/library/unemployment-insurance-viet-nam/", "#files .acts"),
    ],
)
def test_a_finger_hits_every_link(open_page: Open, language: str, path: str, within: str) -> None:
    page = open_page(f"/{language}{path}", width=360)
    assert page.locator(f"{within} a").count() > 1
    assert page.evaluate(SMALL, within) == []


def test_an_asterisk_stays_with_the_language_it_marks(open_page: Open) -> None:
    page = open_page("/en/library/guide-social-partners/", width=360)
    page.locator(".pick summary").click()
    marked = page.locator(".pick a.absent").evaluate_all(
        """links => links.map(link => {
          const words = link.lastChild;
          const range = document.createRange();
          const top = (start, end) => { range.setStart(words, start); range.setEnd(words, end);
            return range.getBoundingClientRect().bottom };
          return top(words.length - 1, words.length) - top(words.length - 3, words.length - 2);
        })"""
    )
    assert marked
    assert all(abs(lower) < 5 for lower in marked)


@pytest.mark.parametrize("language", ["en", "fil", "my", "th"])
def test_no_line_of_a_card_ends_in_a_dot_or_begins_with_one_in_sight(open_page: Open, language: str) -> None:
    page = open_page(f"/{language}/", width=360)
    lines = page.locator(".card .dots")
    assert lines.count() > 3
    assert not [text for text in lines.all_inner_texts() if "·" in text]
    # The dots that hang before a line's first part lie outside the box that cuts them off.
    assert set(lines.evaluate_all("lines => lines.map(line => getComputedStyle(line).overflowX)")) == {"clip"}
    assert lines.evaluate_all(
        """lines => lines.every(line => [...line.children].every(part =>
          part.getBoundingClientRect().left >= line.getBoundingClientRect().left - 0.1))"""
    )
