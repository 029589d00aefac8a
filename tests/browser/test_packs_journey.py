"""From a search to a pack in the learners' hands: with the mouse, on a phone, with the keyboard, without scripts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import tab_to
from tests.conftest import manage

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

SEARCH = "/en/search/?q=unemployment+insurance"


def base(page: Page) -> str:
    return page.url.partition("/en/")[0]


def open_pack(page: Page) -> None:
    page.goto(base(page) + "/en/packs/mine/")
    page.locator("main a[href*='/packs/edit/']").first.click()
    page.wait_for_url(re.compile("/packs/edit/"))


def share(page: Page) -> str:
    """Name the pack and hand it out; its public address."""
    page.locator("#p-title").fill("A first afternoon")
    page.locator(".save-bar button").first.click()
    page.wait_for_load_state()
    page.goto(re.sub(r"(/packs/edit/[^/]+/).*", r"\1share/", page.url))
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    paths = page.locator("main a[href*='/packs/']").evaluate_all("links => links.map(link => link.pathname)")
    return next(path for path in paths if re.search(r"/packs/[2-9A-Z]{6}/(1/)?$", path))


def test_with_the_mouse_from_a_search_to_a_printed_pack(open_page: Open, demonstration: Path) -> None:
    page = open_page(SEARCH)
    page.locator(".hit button.add:not(.place)").first.click()
    expect(page.locator("#collected")).to_contain_text("was put into your reading pack")
    expect(page.locator("[data-pack-count]")).to_have_text("1")
    assert "/search/" in page.url, "The visitor stays where he is."
    for box in page.locator(".hit .tick input").all()[1:3]:
        box.check()
    page.locator(".collect-all button").click()
    expect(page.locator("[data-pack-count]")).to_have_text("3")
    page.locator(".passages button.place").first.click()
    expect(page.locator("[data-pack-count]")).to_have_text("4")
    open_pack(page)
    expect(page.locator("[data-item]")).to_have_count(4)
    address = share(page)
    page.goto(base(page) + address)
    assert page.locator("h1").inner_text() == "A first afternoon"
    page.get_by_role("link", name="Take it with you").click()
    page.locator("#pdf button").click()
    page.wait_for_url(re.compile("/exports/pdf/"))
    expect(page.locator("#export [role=status]")).to_contain_text("It waits for its turn.")
    done = manage(demonstration, "run_worker", "--once")
    assert done.returncode == 0, done.stderr
    link = page.locator("#export a[download]")
    link.wait_for(timeout=15_000)
    with page.expect_download() as download:
        link.click()
    pdf = pypdf.PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert "A first afternoon" in pdf.pages[0].extract_text()
    assert pdf.outline


def test_without_scripts_pages_and_a_span_are_put_into_a_pack(open_page: Open) -> None:
    page = open_page("/en/library/unemployment-insurance-viet-nam/", scripts=False, allow_errors=True)
    page.locator(".part summary").first.click()
    page.locator(".part input[name='pages']").first.fill("1–2")
    page.locator(".part button").first.click()
    assert "1 item was put into your reading pack." in page.locator("h1").inner_text()
    page.goto(base(page) + "/en/library/video-one-stop-shop-mongolia/")
    page.locator(".part summary").first.click()
    page.locator(".part input[name='from']").fill("0:30")
    page.locator(".part input[name='to']").fill("0:05")
    page.locator(".part button").first.click()
    assert "the earlier one first" in page.locator("[role=alert]").inner_text()
    assert page.locator("input[name='from']").input_value() == "0:30"
    page.locator("input[name='from']").fill("0:01")
    page.get_by_role("button", name="Add to the pack").click()
    page.goto(base(page) + SEARCH)
    page.locator(".hit .tick input").nth(0).check()
    page.locator(".hit .tick input").nth(1).check()
    page.locator(".collect-all button").click()
    assert "2 items were put into your reading pack." in page.locator("h1").inner_text()
    page.get_by_role("link", name="Go on collecting").click()
    assert page.url.endswith(SEARCH)
    open_pack(page)
    assert page.locator("[data-item]").count() == 4
    assert share(page)


def test_with_the_keyboard_alone_something_is_put_in_and_the_pack_handed_out(open_page: Open) -> None:
    page = open_page(SEARCH)
    tab_to(page, page.locator(".hit button.add:not(.place)").first)
    page.keyboard.press("Enter")
    expect(page.locator("[data-pack-count]")).to_have_text("1")
    tab_to(page, page.locator(".hit .tick input").nth(1))
    page.keyboard.press("Space")
    tab_to(page, page.locator(".collect-all button"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-pack-count]")).to_have_text("2")
    # Round the end of the page to its bar.
    tab_to(page, page.locator("a[data-pack-link]").first)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/packs/edit/"))
    expect(page.locator("[data-item]")).to_have_count(2)
    tab_to(page, page.locator("button[value='go:share']"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/share/"))
    tab_to(page, page.locator(".hand-out form button"))
    page.keyboard.press("Enter")
    expect(page.locator(".qr svg")).to_be_visible()


def test_on_a_phone_everything_is_within_reach(open_page: Open) -> None:
    page = open_page(SEARCH, width=360, has_touch=True)
    page.locator(".hit button.add:not(.place)").first.tap()
    expect(page.locator("[data-pack-count]")).to_have_text("1")
    page.locator(".hit .tick").nth(1).tap()
    box = page.locator(".collect-all").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= page.viewport_size["height"] + 1, "The button comes to the thumb."  # type: ignore[index]
    page.locator(".collect-all button").tap()
    expect(page.locator("[data-pack-count]")).to_have_text("2")
    small = page.evaluate(
        """[...document.querySelectorAll('.add, .tick, .collect-all button, a.filled')]
        .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.9)
        .map(each => each.outerHTML)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_who_waits_for_an_export_on_a_bad_line_gets_it(open_page: Open, demonstration: Path) -> None:
    page = open_page("/en/packs/DMNSTR/1/exports/")
    broken = 2

    def answer(route: Route) -> None:
        nonlocal broken
        if broken and "json" in route.request.headers.get("accept", ""):
            broken -= 1
            # As a hotel's network does.
            route.fulfill(body="<!doctype html><title>Sign in</title>", content_type="text/html")
        else:
            route.continue_()

    page.route("**/exports/epub/**", answer)
    page.locator("#epub button").click()
    page.wait_for_url(re.compile("/exports/epub/"))
    done = manage(demonstration, "run_worker", "--once")
    assert done.returncode == 0, done.stderr
    page.locator("#export a[download]").wait_for(timeout=20_000)
    assert not broken
