"""A reading pack in the hands of its readers: on a phone, without scripts, on paper, with a screen reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.conftest import manage

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

PACK = "/packs/DMNSTR/"
KHMER_PACK = "/packs/DMNKHM/"
PAGES = {"edition": PACK, "Khmer edition": KHMER_PACK, "gallery": "/packs/", "asked": "/packs/?q=office&country=MN"}


@pytest.mark.parametrize("language", ["en", "th", "km"])
@pytest.mark.parametrize("kind", PAGES)
def test_no_accessibility_violation(open_page: Open, language: str, kind: str) -> None:
    page = open_page(f"/{language}{PAGES[kind]}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", ["en", "km", "th", "my", "fil"])
@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("width", [320, 360])
def test_no_sideways_scroll_on_a_phone(open_page: Open, language: str, kind: str, width: int) -> None:
    page = open_page(f"/{language}{PAGES[kind]}", width=width)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    small = page.evaluate(
        """[...document.querySelectorAll('main .acts a, main button, main summary')]
        .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.9)
        .map(each => each.outerHTML)"""
    )
    assert small == []


def test_without_scripts_a_reader_opens_the_page_and_makes_a_copy(open_page: Open) -> None:
    page = open_page(f"/en{PACK}", scripts=False)
    assert page.locator("h1").inner_text() == "One door for every service: a first afternoon"
    link = page.get_by_role("link", name=re.compile("^Open at page 1"))
    address = link.get_attribute("href")
    assert address is not None
    assert address.endswith(".pdf#page=1")
    assert page.request.get(page.url.partition("/en/")[0] + address).ok
    summary = page.locator(".pack-transcript summary").first
    summary.click()
    assert page.locator(".pack-transcript .cues li").first.is_visible()
    page.get_by_role("button", name="Make my own copy").click()
    page.wait_for_load_state()
    assert any(cookie["name"] == "pack_keys" for cookie in page.context.cookies())


def test_the_film_has_its_captions_and_begins_at_its_second(open_page: Open) -> None:
    page = open_page(f"/km{KHMER_PACK}")
    film = page.locator("video").first
    assert film.locator("track").count() >= 2
    assert film.locator("track[default]").get_attribute("srclang") == "km"
    started = film.evaluate(
        """film => new Promise(done => {
            film.addEventListener("loadedmetadata", () => setTimeout(() => done(film.currentTime), 300));
            film.load(); film.preload = "metadata";
        })"""
    )
    assert 4.5 <= started <= 6
    cues = film.evaluate(
        """film => new Promise(done => {
            const track = film.textTracks[[...film.querySelectorAll("track")].findIndex(each => each.default)];
            const element = film.querySelector("track[default]");
            if (element.readyState === 2) done(track.cues.length);
            element.addEventListener("load", () => done(track.cues.length));
            track.mode = "showing";
        })"""
    )
    assert cues > 0


def test_from_the_gallery_to_a_pack_in_the_readers_language(open_page: Open) -> None:
    page = open_page("/th/packs/")
    page.locator("main nav a", has_text=re.compile("^ខ្មែរ")).click()
    page.locator(".gallery h3 a").first.click()
    page.wait_for_url(re.compile("/th/packs/DMNKHM/"))
    assert page.locator("html").get_attribute("lang") == "th"
    assert page.locator("h1").get_attribute("lang") == "km"


def test_a_pack_found_by_search_opens_in_the_language_of_the_search(open_page: Open) -> None:
    page = open_page("/my/search/?q=one+door+for+every+service&type=reading-pack")
    page.locator(".hit h2 a").first.click()
    page.wait_for_url(re.compile("/my/packs/DMNSTR/"))


def test_paper_has_what_is_read_and_the_address(open_page: Open) -> None:
    page = open_page(f"/en{PACK}")
    page.emulate_media(media="print")
    for shown in (".pack-qr svg", ".pack-share .pack-address", ".pack-note", ".pack-questions"):
        assert page.locator(shown).first.is_visible()
    for hidden in (".acts-main", ".player", ".pack-transcript", ".acts"):
        assert not page.locator(f".pack {hidden}").first.is_visible()


@pytest.fixture(scope="module")
def handed_out_twice(demonstration: Path) -> str:
    """The code of a pack in Khmer with two editions, which nobody recommends."""
    done = manage(demonstration, "shell", "-v", "0", "-c", MAKE, DEBUG="0", SECRET_KEY="only-for-this-run" * 4)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


MAKE = """
from resources.packs import actions
from resources.packs.editions import newest, share, shown
from resources.packs.models import Item, Pack
original = newest(Pack.objects.get(code="DMNKHM"))
pack, _secret = actions.copy(edition=original, content=shown(original, "km"), language="km")
share(pack=pack)
items = list(pack.items.all())
Item.objects.filter(pk=items[0].pk).update(note="សូមកត់ត្រាថា សេវាទាំងអស់ស្ថិតនៅក្នុងសាលធំមួយ។")
pack.items.filter(key=items[-1].key).delete()
share(pack=pack)
print(pack.code)
"""


@pytest.mark.parametrize("language", ["en", "th", "km"])
@pytest.mark.parametrize("asked", ["", "?with=original"])
def test_what_changed_can_be_read_by_anyone(open_page: Open, handed_out_twice: str, language: str, asked: str) -> None:
    page = open_page(f"/{language}/packs/{handed_out_twice}/2/compare/{asked}", width=360)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.locator("main .pieces ins").count() > 0
    assert page.locator("main .compare-items > li > p > del").count() == 1


@pytest.mark.parametrize("language", ["en", "th", "km"])
def test_an_older_edition_says_so_to_anyone(open_page: Open, handed_out_twice: str, language: str) -> None:
    page = open_page(f"/{language}/packs/{handed_out_twice}/1/", width=360)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.locator(".note.calm a").click()
    page.wait_for_url(re.compile(f"/{language}/packs/{handed_out_twice}/$"))
    assert page.locator(".pack-editions b").inner_text() == "2"
