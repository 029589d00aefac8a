"""A pack is arranged with the mouse, with a finger, with the keyboard alone and without scripts, by anyone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.browser.conftest import serving, tab_to
from tests.conftest import manage

pytestmark = pytest.mark.browser

MAKE = """
from resources.indexing import live_works
from resources.packs import actions
from resources.packs.choosing import Choice
from resources.packs.content import ItemKind
from resources.packs.open_works import open_works
works = list(open_works(live_works()).values())
texts = [work for work in works if any((file.document.pages or 0) > 1 for file in work.documents)]
film = next(work for work in works if work.video)
document = next(file.document for file in texts[0].documents if (file.document.pages or 0) > 1)
pack, secret = actions.begin(language="km", title="Pack")
choices = [Choice(work.key) for work in texts[1:4]]
choices.append(Choice(texts[0].key, ItemKind.PAGES, document.pk, 1, 2))
choices.append(Choice(film.key, ItemKind.SPAN, film.video.pk, start=5, end=20))
assert len(actions.add(pack=pack, choices=choices)) == 5
print(f"PACK {pack.code} {secret}")
"""


@pytest.fixture(scope="module")
def portal(demonstration: Path) -> Iterator[str]:
    with serving(demonstration) as address:
        yield address


@pytest.fixture
def join(browser: Browser, portal: str, demonstration: Path) -> Iterator[Callable[..., Page]]:
    """Open the arranging page of a pack of five items that nobody else has."""
    done = manage(demonstration, "shell", "-c", MAKE)
    found = re.search(r"PACK (\S+) (\S+)", done.stdout)
    assert found, done.stderr
    contexts = []
    errors: list[str] = []

    def open_(language: str = "en", *, width: int = 1280, scripts: bool = True, **more: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{portal}/{language}/packs/join/{found[1]}/{found[2]}/")
        page.click("main form button")
        page.wait_for_url(re.compile("/packs/edit/"))
        return page

    yield open_
    for context in contexts:
        context.close()
    # What a page says with status 409 or 422 is no fault of its.
    assert not [error for error in errors if "status of 4" not in error], errors


def order(page: Page) -> list[str]:
    return page.locator("[data-item]").evaluate_all("items => items.map(item => item.id)")


def save(page: Page) -> None:
    page.locator(".save-bar button").click()
    page.wait_for_url(re.compile("done=saved"))


def is_sound(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def middle(page: Page, item: str) -> tuple[float, float]:
    box = page.locator(f"#{item} [data-grip]").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_with_the_mouse_an_item_is_dragged_to_another_place(join: Callable[..., Page]) -> None:
    page = join()
    a, b, c, d, e = order(page)
    page.locator("[data-sections]").evaluate("element => element.scrollIntoView({behavior: 'instant'})")
    page.mouse.move(*middle(page, a))
    page.mouse.down()
    box = page.locator(f"#{c}").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 5, steps=12)
    page.mouse.up()
    assert order(page) == [b, c, a, d, e]
    expect(page.locator("[data-live]")).to_contain_text("3")
    expect(page.locator("[data-unsaved-mark]")).not_to_be_empty()
    save(page)
    assert order(page) == [b, c, a, d, e]
    # Escape lets go of it where it was.
    page.locator("[data-sections]").evaluate("element => element.scrollIntoView({behavior: 'instant'})")
    page.mouse.move(*middle(page, b))
    page.mouse.down()
    page.mouse.move(*middle(page, a), steps=8)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert order(page) == [b, c, a, d, e]


def test_with_a_finger_on_a_phone(join: Callable[..., Page]) -> None:
    page = join(width=360, has_touch=True, is_mobile=True)
    a, b, c, d, e = order(page)
    grip = page.locator(f"#{a} [data-grip]")
    box = grip.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    page.locator("[data-sections]").evaluate("element => element.scrollIntoView({behavior: 'instant'})")
    x, y = middle(page, a)
    target = page.locator(f"#{b}").bounding_box()
    assert target
    touch = page.context.new_cdp_session(page)
    points = [{"x": x, "y": y}]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
    end = target["y"] + target["height"] * 0.8
    for step in range(1, 9):
        points = [{"x": x, "y": y + (end - y) * step / 8}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("[data-item]").first).to_have_id(b)
    save(page)
    assert order(page) == [b, a, c, d, e]


def test_with_the_keyboard_alone(join: Callable[..., Page]) -> None:
    page = join()
    a, b, c, d, e = order(page)
    tab_to(page, page.locator(f"#{a} button[value^='item-down']"))
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert order(page) == [b, c, a, d, e]
    assert page.evaluate("document.activeElement.value").startswith("item-down:")
    tab_to(page, page.locator(f"#{e} [data-grip]"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert order(page) == [b, c, e, a, d]
    assert page.evaluate("document.activeElement.closest('[data-item]').id") == e
    # At the end of its way the focus stays with the item.
    tab_to(page, page.locator(f"#{c} button[value^='item-up']"), back=True)
    page.keyboard.press("Enter")
    assert order(page)[0] == c
    assert page.evaluate("document.activeElement.closest('[data-item]').id") == c
    # What is written of an item is a key away from it.
    tab_to(page, page.locator(f"#{c} summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(f"#{c} [name$='-note']"))
    page.keyboard.type("Watch twice")
    tab_to(page, page.locator(f"#{c} select[name$='-language']"))
    page.keyboard.press("ArrowDown")
    chosen = page.input_value(f"#{c} select[name$='-language']")
    assert chosen
    tab_to(page, page.locator("#p-title"), back=True)
    page.keyboard.press("End")
    page.keyboard.type(" X")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done=saved"))
    assert order(page) == [c, b, e, a, d]
    assert page.input_value("#p-title").endswith("X")
    assert page.evaluate("document.activeElement.value") == "save"
    assert page.input_value(f"#{c} [name$='-note']") == "Watch twice"
    assert page.input_value(f"#{c} select[name$='-language']") == chosen
    tab_to(page, page.locator("button[value='section-add']"), back=True)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done=section"))
    assert page.evaluate("document.activeElement.name").endswith("-title"), "To name it is the next thing."
    page.keyboard.type("Second")
    # Out of the last place of a section the way leads into the next one.
    tab_to(page, page.locator(f"#{d} [data-grip]"), back=True)
    page.keyboard.press("ArrowDown")
    tab_to(page, page.locator(f"#{a} button[value^='item-remove']"), back=True)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done=removed"))
    assert order(page) == [c, b, e, d]
    assert page.locator("[data-section]").nth(1).locator("[data-item]").evaluate_all(
        "all => all.map(one => one.id)"
    ) == [d]
    assert page.evaluate("document.activeElement.value") == "undo", "A slip can be taken back at once."


def test_without_scripts_every_button_works_and_nothing_typed_is_lost(join: Callable[..., Page]) -> None:
    page = join("th", scripts=False)
    a, b, c, d, e = order(page)
    assert page.locator("[data-grip]:visible").count() == 0
    page.fill("#p-introduction", "ข้อความนำ")
    page.locator(f"#{a} button[value^='item-down']").click()
    page.wait_for_url(re.compile("done=moved"))
    assert order(page) == [b, a, c, d, e]
    expect(page.locator(f"#{a} button[value^='item-down']")).to_be_focused()
    assert page.input_value("#p-introduction") == "ข้อความนำ"
    page.locator("button[value='section-add']").click()
    page.wait_for_url(re.compile("done=section"))
    page.locator(f"#{d} summary").click()
    page.fill(f"#{d}-note", "หมายเหตุ")
    page.fill(f"#{d}-pages", "๙๙๙๙")
    page.locator(f"#{d}-to").select_option(index=1)
    page.locator(f"#{d} button[value^='item-move']").click()
    expect(page.locator(f"#{d}-pages-error")).to_be_visible()
    assert page.input_value(f"#{d}-note") == "หมายเหตุ"
    page.fill(f"#{d}-pages", "๒")
    page.locator(f"#{d}-to").select_option(index=1)
    page.locator(f"#{d} button[value^='item-move']").click()
    page.wait_for_url(re.compile("done=moved"))
    assert order(page) == [b, a, c, e, d]
    page.locator(f"#{d} button[value^='item-remove']").click()
    page.wait_for_url(re.compile("done=removed"))
    assert order(page) == [b, a, c, e]
    page.locator("button[value='undo']").click()
    page.wait_for_url(re.compile("done=back"))
    page.locator(f"#{d} summary").click()
    assert page.input_value(f"#{d}-note") == "หมายเหตุ"
    assert page.input_value(f"#{d}-pages") == "2"


def hand_out(page: Page) -> None:
    page.locator("button[value='go:share']").click()
    page.locator(".hand-out form button").click()
    page.wait_for_selector(".qr svg")


def box_of(locator: Locator) -> FloatRect:
    box = locator.bounding_box()
    assert box
    return box


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", ["en", "km", "my", "fil"])
def test_on_a_phone_the_tabs_are_one_row_with_the_page_at_hand_in_it(
    join: Callable[..., Page], language: str, scripts: bool
) -> None:
    page = join(language, width=360, scripts=scripts)
    hand_out(page)
    for place in ("link", "edit"):
        page.goto(re.sub(r"(edit/[^/]+/).*", r"\1" + ("" if place == "edit" else f"{place}/"), page.url))
        boxes = [box_of(tab) for tab in page.locator(".steps :is(a, button)").all()]
        assert len(boxes) == 6
        assert len({round(box["y"]) for box in boxes}) == 1
        assert all(box["height"] >= 43.9 and box["width"] >= 44 for box in boxes)
        here = box_of(page.locator(".steps [aria-current]"))
        assert here["x"] >= 0
        assert here["x"] + here["width"] <= 360
        if scripts:
            is_sound(page)


@pytest.mark.parametrize("language", ["en", "km"])
def test_on_a_phone_all_of_an_address_can_be_read(join: Callable[..., Page], language: str) -> None:
    page = join(language, width=320)
    hand_out(page)
    seen = 0
    for place in ("share", "link"):
        page.goto(re.sub(r"(edit/[^/]+/).*", rf"\1{place}/", page.url))
        for box in page.locator("textarea.address").all():
            seen += 1
            assert box.input_value().startswith("http")
            assert box.evaluate("box => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]") == [
                0,
                0,
            ]
    assert seen == 4


def test_the_length_follows_the_target_while_it_is_typed(join: Callable[..., Page]) -> None:
    page = join()
    assert page.locator("[data-progress]").is_hidden()
    page.fill("#p-target_minutes", "៩០០")
    expect(page.locator("[data-against]")).to_contain_text("left to the target")
    assert page.locator("[data-progress]").get_attribute("max") == "900"
    said = page.locator("[data-against]").text_content()
    save(page)
    assert page.locator("[data-against]").text_content() == said
    page.fill("#p-target_minutes", "1")
    expect(page.locator("[data-against]")).to_contain_text("over the target")


def test_a_length_is_told_in_the_language_of_the_page(join: Callable[..., Page]) -> None:
    page = join("km")
    page.fill("#p-target_minutes", "900")
    said = page.locator("[data-against]").text_content()
    assert "នាទី" in str(said)
    save(page)
    assert page.locator("[data-against]").text_content() == said


def test_who_saves_goes_on_where_he_was(join: Callable[..., Page]) -> None:
    page = join(width=360)
    last = order(page)[-1]
    page.locator(f"#{last} > details > summary").click()
    page.fill(f"#{last} [name$='-note']", "Watch twice")
    save(page)
    expect(page.locator(f"#{last} [name$='-note']")).to_be_in_viewport()
    assert page.input_value(f"#{last} [name$='-note']") == "Watch twice"
    expect(page.locator("[data-unsaved-mark]")).to_have_text("Saved.")
    page.locator(f"#{last} [name$='-note']").press_sequentially(" again")
    expect(page.locator("[data-unsaved-mark]")).to_have_text("Not saved yet")


def test_leaving_with_something_unsaved_asks(join: Callable[..., Page]) -> None:
    page = join()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(".crumbs a").click()
    page.wait_for_url(re.compile("/mine/"))
    assert not asked
    page.go_back()
    page.locator("#p-maker").press_sequentially("Unit")
    page.locator(".crumbs a").click()
    page.wait_for_url(re.compile("/mine/"))
    assert asked == ["beforeunload"]


def test_two_makers_at_once(join: Callable[..., Page]) -> None:
    one, other = join("en"), join("km", width=360)
    (item, *_) = order(one)
    for page in (one, other):
        page.locator(f"#{item} summary").click()
    one.fill(f"#{item}-note", "The first text.")
    save(one)
    other.fill(f"#{item}-note", "The second text.")
    other.locator(".save-bar button").click()
    other.wait_for_selector(".clash")
    is_sound(other)
    assert other.locator("ins").all_text_contents() == ["first", "second"]
    other.fill("#c-1-merged", "The first and the second text.")
    assert other.locator("input[value='merged']").is_checked()
    other.locator("button[value='resolve']").click()
    other.wait_for_url(re.compile("done=saved"))
    other.locator(f"#{item} summary").click()
    assert other.input_value(f"#{item}-note") == "The first and the second text."


@pytest.mark.parametrize("language", ["en", "th", "km"])
def test_anyone_can_use_every_page(join: Callable[..., Page], language: str) -> None:
    page = join(language, width=320)
    for summary in page.locator("[data-item] summary").all():
        summary.click()
    is_sound(page)
    page.fill("#p-target_minutes", "?")
    page.locator(".save-bar button").click()
    page.wait_for_selector(".wrong-box")
    is_sound(page)
    page.fill("#p-target_minutes", "60")
    page.locator("button[value='go:share']").click()
    page.wait_for_url(re.compile("/share/"))
    is_sound(page)
    page.locator(".hand-out form button").click()
    page.wait_for_selector(".qr svg")
    is_sound(page)
    for place in ("languages", "changes", "use", "link", "delete"):
        page.goto(re.sub(r"(edit/[^/]+/).*", rf"\1{place}/", page.url))
        is_sound(page)
        if place == "languages":
            name = box_of(page.locator("#matrix-name"))
            assert name["x"] + name["width"] <= 320, "What stands in a table can be read without moving it."
    page.goto(re.sub(r"edit/.*", "mine/", page.url))
    is_sound(page)
