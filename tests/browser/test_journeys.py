"""The portal as people use it: looking for something in Thai, switching language, a phone without scripts, a film."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

QUERY = "ประกันการว่างงาน"


def search_for(page: Page, text: str) -> None:
    page.get_by_role("combobox").first.fill(text)
    page.get_by_role("combobox").first.press("Enter")
    page.wait_for_url(re.compile("/search/"))


def test_an_official_finds_a_thai_document_and_downloads_it(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/th/")
    search_for(page, QUERY)
    expect(page.locator("mark").first).to_be_visible()
    before = page.locator("article.hit").count()
    facet = page.locator("a[href*='country=TH']").first
    facet.click()
    page.wait_for_url(re.compile("country=TH"))
    assert 0 < page.locator("article.hit").count() <= before
    page.locator("article.hit h2:not([lang]) a").first.click()
    page.wait_for_url(re.compile("/th/library/"))
    expect(page.locator("h1")).to_be_visible()
    with page.expect_download() as waiting:
        page.locator("a[download][href$='.th.pdf']").first.click()
    kept = tmp_path / "kept.pdf"
    waiting.value.save_as(kept)
    assert waiting.value.suggested_filename.endswith(".th.pdf")
    assert kept.read_bytes().startswith(b"%PDF-")


def test_a_found_page_of_a_document_opens_at_that_page(open_page: Open) -> None:
    page = open_page("/en/search/?q=unemployment+insurance")
    place = page.locator("article.hit a[href*='#page=']").first
    expect(place).to_be_visible()
    assert re.search(r"\.pdf#page=\d+$", place.get_attribute("href") or "")


def test_switching_the_language_stays_on_the_same_work(open_page: Open) -> None:
    page = open_page("/en/library/study-visit-mongolia/")
    title = page.locator("h1").inner_text()
    page.locator("details.pick summary").click()
    page.locator("details.pick a[hreflang=km]").click()
    page.wait_for_url(re.compile("/km/library/study-visit-mongolia/"))
    assert page.locator("html").get_attribute("lang") == "km"
    assert page.locator("h1").inner_text() != title


def test_a_work_that_is_not_there_in_the_readers_language_is_shown_in_another_and_says_so(open_page: Open) -> None:
    page = open_page("/pt/library/cambodia-garment-workers/")
    assert page.locator("html").get_attribute("lang") == "pt"
    assert page.locator("[lang=en] h1, h1[lang=en]").count() == 1


def test_switching_the_language_keeps_the_search(open_page: Open) -> None:
    page = open_page("/en/search/?q=pension&country=VN")
    page.locator("details.pick summary").click()
    page.locator("details.pick a[hreflang=vi]").click()
    page.wait_for_url(re.compile("/vi/search/"))
    assert "q=pension" in page.url
    assert "country=VN" in page.url


def test_everything_works_with_scripts_off(open_page: Open) -> None:
    page = open_page("/km/", width=320, scripts=False)
    page.locator("input[type=search]").first.fill("និកម្មភាព")
    page.locator("form[role=search] button, search button").first.click()
    page.wait_for_url(re.compile("/km/search/"))
    assert page.locator("article.hit").count() > 0
    page.locator("article.hit h2 a").first.click()
    page.wait_for_url(re.compile("/library/"))
    assert page.locator("h1").inner_text()
    assert page.locator("a[href*='.pdf'], video").count() > 0


def test_a_removed_filter_gives_back_what_it_hid(open_page: Open) -> None:
    page = open_page("/en/search/?q=insurance&country=TH&type=good-practice")
    narrow = page.locator("article.hit").count()
    page.locator(".chips a").first.click()
    page.wait_for_load_state()
    assert page.locator("article.hit").count() >= narrow
    assert page.url.count("country=") + page.url.count("type=") == 1


def test_nothing_found_helps_on(open_page: Open) -> None:
    page = open_page("/th/search/?q=zzzzqqqq&country=TH")
    assert "zzzzqqqq" in page.locator("main").inner_text()
    assert page.locator("main a[href*='/th/']").count() > 3


@pytest.mark.parametrize("slug", ["video-unemployment-insurance-viet-nam", "video-one-stop-shop-mongolia"])
def test_a_film_plays_with_captions(open_page: Open, slug: str) -> None:
    page = open_page(f"/en/library/{slug}/")
    page.evaluate("() => { const film = document.querySelector('video'); film.muted = true; return film.play(); }")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.2", timeout=20_000)
    languages = page.locator("video track").evaluate_all("tracks => tracks.map(track => track.srclang)")
    assert len(languages) >= 4
    page.locator("a[href*='#t=']").nth(3).click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 5", timeout=20_000)


FILM_SEARCH = "/en/search/?q=unemployment+insurance+counter&type=video"


def test_a_second_that_was_found_opens_on_the_films_page_with_captions(open_page: Open) -> None:
    page = open_page(FILM_SEARCH)
    place = page.locator("article.hit .passages a[href*='#t=']").first
    second = float((place.get_attribute("href") or "").partition("#t=")[2])
    assert second > 0
    place.click()
    page.wait_for_url(re.compile(r"/en/library/video-[\w-]+/\?captions="))
    page.wait_for_function("second => document.querySelector('video').currentTime >= second", arg=second)
    page.wait_for_function("() => document.querySelector('video').readyState >= 2")
    assert page.locator("video").evaluate("film => film.currentTime") < second + 1
    expect(page.locator("video")).to_be_in_viewport()
    expect(page.locator(".cues :target b")).to_have_count(1)


def test_a_second_that_was_found_opens_at_its_line_with_scripts_off(open_page: Open) -> None:
    page = open_page(FILM_SEARCH, width=360, scripts=False)
    page.locator("article.hit .passages a[href*='#t=']").first.click()
    page.wait_for_url(re.compile("/en/library/video-"))
    line = page.locator(".cues :target a")
    expect(line).to_be_in_viewport()
    assert page.url.partition("#")[2] == (line.get_attribute("href") or "").partition("#")[2]


def test_a_film_that_is_opened_by_itself_stands_at_its_second(open_page: Open, server: str) -> None:
    page = open_page("/en/library/video-one-stop-shop-mongolia/")
    address = page.locator(".cues a").nth(3).get_attribute("href") or ""
    page.goto(server + address)
    second = float(address.partition("#t=")[2])
    page.wait_for_function("second => document.querySelector('video')?.currentTime >= second", arg=second)
    page.wait_for_function("() => document.querySelector('video').readyState >= 2")


def test_a_film_is_captioned_from_the_start_where_the_readers_language_has_no_captions(open_page: Open) -> None:
    page = open_page("/my/library/video-unemployment-insurance-viet-nam/")
    page.wait_for_function(
        "() => [...document.querySelector('video').textTracks].some(track => track.mode == 'showing')"
    )


def test_a_wrong_address_offers_a_search(open_page: Open) -> None:
    page = open_page("/vi/khong-co-trang-nay/", allow_errors=True)
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.get_by_role("combobox").count() >= 1
