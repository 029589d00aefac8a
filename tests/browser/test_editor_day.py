"""An editor's day: twenty files dropped, corrected, paired, sent to review; approved by a country, then by another
editor; found by a visitor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import serving
from tests.conftest import manage
from tests.resources.extraction.typeset import pdf

pytestmark = pytest.mark.browser

LIBRARY = """
from resources.tree import home_for
for language in ("en", "km"):
    home_for(language)
from django.contrib.auth import get_user_model
from resources.models import Country, Remit, Role
Country.objects.get_or_create(code="KH", defaults={"is_member": True})
for name, role in (("dropper", "contributor"), ("cambodian", "focal-point"), ("approver", "editor")):
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "a-long-secret-of-tests")
    user.groups.add(Role.objects.get(key=role).group)
Remit.objects.create(user=get_user_model().objects.get(username="cambodian"), country_id="KH")
"""
NUMBERS = "In 2016 it reached 12,345 people, in 2021 98,765, at 4,321 million and 777 offices."
KHMER = "នៅឆ្នាំ 2016 មានមនុស្ស 12345 នាក់ នៅឆ្នាំ 2021 មាន 98765 នាក់ ចំណាយ 4321 លាន និង 777 ការិយាល័យ។ ការគាំពារសង្គម"
PLACES = ("Ayeyarwady", "Battambang", "Cebu", "Dili", "Ende", "Fakfak", "Gianyar", "Haiphong", "Ipoh", "Jambi",
          "Kampot", "Lampang", "Malang", "Nonthaburi", "Oudomxay", "Pakse", "Quezon", "Takeo")  # fmt: skip
IN_CAMBODIA = ("Battambang", "Kampot", "Takeo")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty library, with somebody who drops and somebody who approves. No worker runs: the page does its work."""
    data = tmp_path_factory.mktemp("data")
    for command in (
        ["migrate"],
        ["shell", "-c", LIBRARY],
        ["collectstatic", "--noinput"],
        ["search_index", "--rebuild"],
    ):
        made = manage(data, *command, DEBUG="0", SECRET_KEY="browser-tests-" + "x" * 50)
        assert made.returncode == 0, made.stderr
    with serving(data) as address:
        yield address


@pytest.fixture
def pile(tmp_path: Path) -> list[Path]:
    """Twenty PDFs: eighteen of different places, and one work in English and Khmer."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for place in PLACES:
        text = " ".join(f"{place} pays pensions to its elders in village {number}." for number in range(8))
        (folder / f"{place.lower()}.pdf").write_bytes(pdf(f"#text(size: 20pt)[Pensions in {place}] \\ 2020 \\ {text}"))
    english = f"#text(size: 20pt)[A guide to village offices] \\ {NUMBERS}"
    (folder / "guide-en.pdf").write_bytes(pdf(english))
    (folder / "guide-km.pdf").write_bytes(pdf(f"#text(size: 20pt)[សៀវភៅណែនាំ] \\ {KHMER}", language="km"))
    return sorted(folder.iterdir())


def sign_in(browser: Browser, portal: str, name: str, **more: Any) -> Page:
    page = browser.new_context(viewport={"width": 1400, "height": 900}, **more).new_page()
    page.goto(f"{portal}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", "a-long-secret-of-tests")
    page.click("[type=submit]")
    page.wait_for_url(re.compile("/admin/$"))
    return page


def awaiting(page: Page, portal: str) -> dict[str, str]:
    """What the admin's first page says is to be reviewed: addresses by title."""
    page.goto(f"{portal}/admin/")
    panel = page.locator("section").filter(has=page.get_by_role("heading", name="Awaiting your review"))
    return {link.inner_text(): link.get_attribute("href") or "" for link in panel.locator("td.title a").all()}


def approve(page: Page, address: str, button: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"^{button}$", re.IGNORECASE)).click()


def test_twenty_files_are_dropped_corrected_paired_approved_and_found(
    browser: Browser, portal: str, pile: list[Path]
) -> None:
    page = sign_in(browser, portal, "dropper")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{portal}/admin/drop/")
    page.set_input_files("#drop-files", pile)
    page.wait_for_url(re.compile(r"/admin/drop/\d+/$"), wait_until="load", timeout=120_000)
    expect(page.locator("#drafts-form .drafts__row")).to_have_count(20, timeout=240_000)
    expect(page.locator("#waiting")).to_have_count(0, timeout=120_000)

    # The same pile again makes no second.
    with page.expect_navigation():
        page.set_input_files("#drop-files", pile[:3])
    expect(page.locator("#drafts-form .drafts__row")).to_have_count(20)

    page.locator("#pairs").get_by_role("button", name=re.compile("^One work: guide-en.pdf")).click()
    expect(page.locator("#pairs .dropping__yes")).to_have_count(1)

    # Corrected by keyboard: Enter goes down a column, and what was written is marked until it is saved. Drafts stand as
    # their files were read.
    files = page.locator("#drafts-form .drafts__row").all_inner_texts()
    place = next(at for at, told in enumerate(files) if "ayeyarwady.pdf" in told)
    there, back, step = ("Enter", "Control+ArrowUp", 1) if place < 19 else ("Control+ArrowUp", "Enter", -1)
    titles = page.locator("textarea[data-column=title]")
    titles.nth(place).focus()
    titles.nth(place).fill("Pensions along the Ayeyarwady river")
    page.keyboard.press(there)
    expect(titles.nth(place + step)).to_be_focused()
    page.keyboard.press(back)
    expect(titles.nth(place)).to_be_focused()
    expect(page.locator(".drafts__cell--changed")).to_have_count(1)
    page.locator("input[data-column=year]").first.fill("2562")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("input[data-column=year]").first).to_be_focused()
    expect(page.locator(".drafts__error")).to_have_text(re.compile("write 2019"))
    page.locator("input[data-column=year]").first.fill("2019")
    for summary in page.locator("textarea[data-column=summary]").all():
        summary.fill("How it is done, district by district.")
    for town in IN_CAMBODIA:
        row = page.locator(".drafts__row").filter(has_text=f"{town.lower()}.pdf")
        row.locator("input[data-column=countries]").fill("Cambodia")
    page.check("#choose-all")
    page.get_by_role("button", name="Save and send what is chosen to review").click()
    expect(page.get_by_text("In review", exact=True)).to_have_count(20, timeout=120_000)
    assert errors == []

    # What names a country waits for its focal point first; of two he is sure, the third he leaves.
    battambang, kampot, takeo = (f"Pensions in {town}" for town in IN_CAMBODIA)
    river = "Pensions along the Ayeyarwady river"
    approver = sign_in(browser, portal, "approver")
    assert not {battambang, kampot, takeo} & awaiting(approver, portal).keys()
    focal_point = sign_in(browser, portal, "cambodian")
    for_cambodia = awaiting(focal_point, portal)
    assert for_cambodia.keys() == {battambang, kampot, takeo}
    for title in (battambang, kampot):
        approve(focal_point, f"{portal}{for_cambodia[title]}", "Approve")
    assert awaiting(focal_point, portal).keys() == {takeo}

    for_editors = awaiting(approver, portal)
    assert for_editors.keys() >= {battambang, kampot, river}
    assert takeo not in for_editors
    for title in (battambang, kampot, river):
        approve(approver, f"{portal}{for_editors[title]}", "Approve and publish")

    visitor = browser.new_context().new_page()
    visitor.goto(f"{portal}/en/search/?q=pensions+for+elders")
    for title in (battambang, kampot, river):
        expect(visitor.get_by_role("link", name=title).first).to_be_visible()
    expect(visitor.get_by_role("link", name=takeo)).to_have_count(0)
    visitor.goto(f"{portal}/en/search/?country=KH")
    assert set(visitor.locator("main h2 a").all_inner_texts()) == {battambang, kampot}


def test_files_are_dropped_and_corrected_without_scripts_and_fit_a_narrow_screen(
    browser: Browser, portal: str, tmp_path: Path
) -> None:
    notes = [tmp_path / "notes-of-bago.pdf", tmp_path / "notes-of-vientiane.pdf"]
    for path in notes:
        path.write_bytes(pdf(f"What was said about health insurance in {path.stem.title()}."))
    page = sign_in(browser, portal, "dropper", java_script_enabled=False)
    page.goto(f"{portal}/admin/drop/")
    page.set_input_files("#drop-files", notes)
    page.get_by_role("button", name="Send").click()
    for _ in range(10):
        if not page.get_by_role("button", name="Go on now").count():
            break
        page.get_by_role("button", name="Go on now").click()
    expect(page.locator(".drafts__row")).to_have_count(2)
    page.locator("textarea[data-column=title]").first.fill("Corrected without scripts")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("textarea[data-column=title]").first).to_have_value("Corrected without scripts")
    address = page.url

    # Wagtail's own menu needs scripts on a narrow screen.
    narrow = sign_in(browser, portal, "dropper")
    narrow.set_viewport_size({"width": 320, "height": 800})
    narrow.goto(address)
    for box in (each.bounding_box() for each in narrow.locator(".drafts__row [data-column]").all()):
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320


def read_nothing(page: Page) -> None:
    """The page stays as it is after a drop: what was dropped waits."""
    for asked in ("**/go-on/", "**/state/"):
        page.route(asked, lambda route: route.abort())


@pytest.fixture
def unknown(tmp_path: Path) -> list[Path]:
    """Four PDFs that the library does not have."""
    made = [tmp_path / f"sickness-{number}.pdf" for number in range(4)]
    for path in made:
        path.write_bytes(pdf(f"{path.stem}: who falls ill on day {len(path.stem)} is paid from the third."))
    return made


def test_after_a_broken_line_only_what_did_not_arrive_is_sent_again(
    browser: Browser, portal: str, unknown: list[Path]
) -> None:
    page = sign_in(browser, portal, "approver")
    read_nothing(page)
    sent: list[str] = []
    page.expose_function("noteSent", lambda name: sent.append(name))
    page.add_init_script(
        "const send = XMLHttpRequest.prototype.send;"
        "XMLHttpRequest.prototype.send = function (body) { noteSent(body.get('files').name); send.call(this, body); };"
    )
    tried: list[str] = []

    def break_the_second(route: Route) -> None:
        tried.append(route.request.url)
        if len(tried) == 2:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/files/", break_the_second)
    page.goto(f"{portal}/admin/drop/")
    page.set_input_files("#drop-files", unknown)
    expect(page.locator("#waiting .drop__row")).to_have_count(4, timeout=60_000)
    assert len(tried) == len(sent) == 5
    assert set(sent) == {path.name for path in unknown}


def test_who_was_signed_out_meanwhile_is_not_told_that_files_are_stored(
    browser: Browser, portal: str, pile: list[Path]
) -> None:
    page = sign_in(browser, portal, "dropper")
    read_nothing(page)
    page.goto(f"{portal}/admin/drop/")
    page.set_input_files("#drop-files", pile[10:11])
    expect(page.locator("#waiting .drop__row, #undecided .dropping__decision")).to_have_count(1, timeout=60_000)
    page.context.clear_cookies(name="sessionid")
    page.set_input_files("#drop-files", pile[11:13])
    expect(page.locator("#drop .drop__row--wrong")).to_have_count(2)
    expect(page.locator("#drop .drop__said", has_text="Stored")).to_have_count(0)
