"""Every kind of page: no accessibility violation, no sideways scrolling on the narrowest phone, nothing from
elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

PAGES = {
    "home": "/",
    "search": "/search/?q=insurance",
    "filtered search": "/search/?q=unemployment+insurance&country=VN&theme=unemployment",
    "nothing found": "/search/?q=zzzzqqqq",
    "past the end": "/search/?page=99",
    "library": "/library/",
    "fact sheet": "/library/unemployment-insurance-viet-nam/",
    "video": "/library/video-one-stop-shop-mongolia/",
    "study visit": "/library/study-visit-mongolia/",
    "good practice": "/library/job-centres-thailand/",
    "publication": "/library/guide-social-partners/",
    "countries": "/countries/",
    "country": "/countries/vn/",
    "themes": "/themes/",
    "theme": "/themes/unemployment/",
    "events": "/events/",
    "event": "/events/disaster-ready-protection-2027/",
    "project": "/project/",
    "part of the project": "/project/phases/",
    "ways to take a pack along": "/packs/DMNSTR/1/exports/",
    "nothing to add": "/packs/add/",
    "my packs": "/packs/mine/",
    "not found": "/nothing-here/",
}


@pytest.mark.parametrize("language", ["en", "th", "km"])
@pytest.mark.parametrize("kind", PAGES)
def test_no_accessibility_violation(open_page: Open, language: str, kind: str) -> None:
    page = open_page(f"/{language}{PAGES[kind]}", allow_errors=kind == "not found")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", ["en", "fil", "my", "km", "vi"])
@pytest.mark.parametrize("kind", PAGES)
def test_no_sideways_scroll_on_a_narrow_phone(open_page: Open, language: str, kind: str) -> None:
    page = open_page(f"/{language}{PAGES[kind]}", width=320, allow_errors=kind == "not found")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


@pytest.mark.parametrize("kind", PAGES)
def test_pages_load_nothing_from_elsewhere(open_page: Open, server: str, kind: str) -> None:
    page = open_page("/en/healthz", allow_errors=True)
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(server + "/en" + PAGES[kind], wait_until="load")
    assert requested
    assert all(url.startswith((server, "data:")) for url in requested)
