"""The list below the search box, as people meet it: with a keyboard, on a phone, with an input method, and when the
portal does not answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

SUGGEST = "**/api/v1/suggest*"
TYPED = {
    "en": "unem",
    "id": "jamin",
    "ms": "pence",
    "th": "ประกัน",
    "vi": "thất",
    "km": "និកម្ម",
    "lo": "ປະກັນ",
    "my": "အလုပ်",
    "fil": "seguro",
    "zh-hans": "失业",
    "pt": "prote",
}


def box(page: Page) -> Locator:
    return page.get_by_role("combobox").first


def open_list(page: Page, text: str) -> Locator:
    box(page).click()
    box(page).press_sequentially(text)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.wait_for_load_state("networkidle")
    return options


def active(page: Page) -> str:
    chosen = box(page).get_attribute("aria-activedescendant")
    if not chosen:
        return ""
    option = page.locator(f"#{chosen}")
    assert option.get_attribute("aria-selected") == "true"
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    return option.inner_text()


# --- When something is amiss ----------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        lambda route: route.fulfill(status=500, body="oops"),
        lambda route: route.fulfill(status=200, body="<html>not what was asked for"),
        lambda route: route.abort(),
    ],
    ids=["error", "nonsense", "no connection"],
)
def test_when_the_portal_fails_one_goes_on_typing_and_searches(
    open_page: Open, answer: Callable[[Route], None]
) -> None:
    page = open_page("/en/", allow_errors=True)
    page.route(SUGGEST, answer)
    with page.expect_request(SUGGEST):
        box(page).press_sequentially("pension")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("pension")
    box(page).press("Enter")
    page.wait_for_url(re.compile(r"/en/search/\?q=pension$"))


def test_a_late_answer_never_takes_the_place_of_a_later_question(open_page: Open) -> None:
    page = open_page("/en/")
    held: list[Route] = []

    def answer(route: Route) -> None:
        if "q=pen&" in route.request.url:
            held.append(route)
        else:
            route.fulfill(json={"suggestions": [{"kind": "theme", "text": "New", "language": "en", "url": "/en/"}]})

    page.route(SUGGEST, answer)
    with page.expect_request(re.compile("q=pen&")):
        box(page).press_sequentially("pen")
    box(page).press_sequentially("sion")
    expect(page.get_by_role("option")).to_have_text([re.compile("New")])
    old = {"suggestions": [{"kind": "theme", "text": "Old", "language": "en", "url": "/en/"}]}
    for route in held:
        route.fulfill(json=old)
    page.wait_for_timeout(200)
    expect(page.get_by_role("option")).to_have_text([re.compile("New")])


def test_what_an_input_method_composes_is_asked_when_it_is_done(open_page: Open) -> None:
    page = open_page("/zh-hans/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    box(page).click()
    session = page.context.new_cdp_session(page)
    for composed in ("s", "sh", "shi", "shi'ye"):
        session.send("Input.imeSetComposition", {"text": composed, "selectionStart": 0, "selectionEnd": len(composed)})
    page.wait_for_timeout(500)
    assert asked == []
    with page.expect_request(SUGGEST):
        session.send("Input.insertText", {"text": "失业"})
    expect(page.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1


def test_an_input_method_keeps_its_own_keys(open_page: Open) -> None:
    page = open_page("/zh-hans/")
    open_list(page, "失业")
    prevented = page.evaluate(
        """() => {
          const box = document.querySelector('[role=combobox]');
          const key = new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, cancelable: true, bubbles: true});
          return !box.dispatchEvent(key);
        }"""
    )
    assert not prevented


def test_without_scripts_there_is_a_plain_search_box(open_page: Open) -> None:
    page = open_page("/en/", width=390, scripts=False)
    plain = page.get_by_role("searchbox")
    assert plain.get_attribute("aria-expanded") is None
    plain.fill("pension")
    plain.press("Enter")
    page.wait_for_url(re.compile(r"/en/search/\?q=pension$"))


# --- With a keyboard --------------------------------------------------------------


def test_the_arrows_choose_and_enter_opens(open_page: Open) -> None:
    page = open_page("/en/")
    options = open_list(page, "unem")
    told = options.all_inner_texts()
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox")).to_have_id(box(page).get_attribute("aria-controls") or "")
    expect(page.get_by_role("status").first).to_contain_text(str(len(told)))
    assert active(page) == ""
    seen = []
    for _ in told:
        box(page).press("ArrowDown")
        seen.append(active(page))
    assert seen == told
    box(page).press("ArrowDown")
    assert active(page) == ""
    box(page).press("ArrowUp")
    assert active(page) == told[-1]
    box(page).press("Home")
    assert active(page) == told[0]
    box(page).press("End")
    assert active(page) == told[-1]
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("unem")
    box(page).press("Home")
    address = options.first.get_attribute("href") or ""
    box(page).press("Enter")
    page.wait_for_url(address)
    assert "/en/themes/" in address


def test_escape_closes_and_keeps_the_words_and_clears_them_the_second_time(open_page: Open) -> None:
    page = open_page("/en/")
    options = open_list(page, "unem")
    box(page).press("ArrowDown")
    box(page).press("Escape")
    expect(options).to_have_count(0)
    expect(box(page)).to_have_value("unem")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    assert active(page) == ""
    box(page).press("ArrowDown")
    expect(options.first).to_be_visible()
    box(page).press("Escape")
    box(page).press("Escape")
    expect(box(page)).to_have_value("")


def test_tab_leaves_and_enter_without_a_choice_searches(open_page: Open) -> None:
    page = open_page("/en/search/?country=VN")
    options = open_list(page, "unem")
    box(page).press("Tab")
    expect(options).to_have_count(0)
    expect(page.locator("form.find button")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    box(page).press("End")
    box(page).press_sequentially("p")
    expect(options.first).to_be_visible()
    box(page).press("Enter")
    page.wait_for_url(re.compile(r"/en/search/\?q=unemp&country=VN$"))


@pytest.mark.parametrize(
    "path", ["/", "/search/?q=insurance", "/themes/unemployment/", "/library/guide-social-partners/"]
)
def test_every_search_box_has_the_list_and_works_are_opened(open_page: Open, path: str) -> None:
    page = open_page(f"/en{path}")
    box(page).fill("")
    options = open_list(page, "guide for")
    work = options.filter(has_text="Work").first
    address = work.get_attribute("href") or ""
    work.click()
    page.wait_for_url(address)
    assert "/library/" in address


@pytest.mark.parametrize("language", TYPED)
def test_every_language_is_completed_and_named(open_page: Open, language: str) -> None:
    page = open_page(f"/{language}/")
    options = open_list(page, TYPED[language])
    native = page.locator(f".pick a[hreflang|={language.split('-')[0]}]").inner_text().strip(" *")
    expect(options.first).to_contain_text(native)
    assert options.first.locator("> span").get_attribute("lang") == language


# --- On a phone, enlarged, for everyone ----------------------------------------------


@pytest.fixture
def phone() -> dict[str, Any]:
    return {"width": 390, "has_touch": True, "is_mobile": True}


def test_on_a_phone_a_touch_opens_what_is_touched(open_page: Open, phone: dict[str, Any]) -> None:
    page = open_page("/km/", **phone)
    box(page).tap()
    options = open_list(page, "និកម្ម")
    assert min(options.evaluate_all("found => found.map(each => each.getBoundingClientRect().height)")) >= 44
    address = options.nth(1).get_attribute("href") or ""
    options.nth(1).tap()
    page.wait_for_url(address)


@pytest.mark.parametrize(("width", "height"), [(390, 360), (320, 256)], ids=["above a phone's keyboard", "at 400 %"])
def test_where_there_is_little_room_the_box_stays_in_sight_above_the_list(
    open_page: Open, width: int, height: int
) -> None:
    page = open_page("/my/", width=width, has_touch=True)
    page.set_viewport_size({"width": width, "height": height})
    open_list(page, "အလုပ်")
    page.wait_for_timeout(100)
    form = page.locator("form.find").first.bounding_box()
    found = page.get_by_role("listbox").bounding_box()
    assert form is not None
    assert found is not None
    assert form["y"] >= 0
    assert found["y"] >= form["y"] + form["height"]
    assert found["y"] + found["height"] <= height + 1
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    for _ in range(page.get_by_role("option").count()):
        box(page).press("ArrowDown")
    last = page.get_by_role("option").last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= found["y"] + found["height"] + 1


@pytest.mark.parametrize("path", ["/", "/search/?q=insurance"])
@pytest.mark.parametrize("language", ["en", "km"])
def test_no_accessibility_violation_with_the_list_open(open_page: Open, language: str, path: str) -> None:
    page = open_page(f"/{language}{path}")
    box(page).fill("")
    open_list(page, TYPED[language])
    box(page).press("ArrowDown")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


# --- What was meant ---------------------------------------------------------------------


def test_a_typo_is_answered_with_what_was_meant_and_with_what_is_like_it(open_page: Open) -> None:
    page = open_page("/en/search/?q=kasambahai&type=fact-sheet", width=320)
    meant = page.locator(".means a").first
    expect(meant).to_have_text("kasambahay")
    expect(page.locator(".note")).to_contain_text("similar")
    expect(page.locator("article.hit mark").first).to_have_text(re.compile("kasambahay", re.IGNORECASE))
    meant.click()
    page.wait_for_url(re.compile(r"\?q=kasambahay&type=fact-sheet$"))
    assert page.locator("article.hit").count() > 0
    assert page.locator(".means").count() == 0
