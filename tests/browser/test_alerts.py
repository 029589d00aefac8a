"""An alert from the form under the results to its end, through a real mail server, in languages with stacked marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import serving
from tests.browser.mail_server import MailServer, mail_server
from tests.conftest import manage

pytestmark = pytest.mark.browser


@dataclass
class Mailing:
    """A portal at `address` that sends its mail to `mail` whenever `work` is called."""

    address: str
    mail: MailServer
    work: Callable[[], None]


@pytest.fixture(scope="module")
def mailing(demonstration: Path) -> Iterator[Mailing]:
    with mail_server() as mail:
        settings = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail.port), "EMAIL_USE_TLS": "0"}
        with serving(demonstration, **settings) as address:

            def work() -> None:
                more = {"DEBUG": "0", "SECRET_KEY": "browser-tests-" + "x" * 50, "PORTAL_BASE_URL": address}
                done = manage(demonstration, "run_worker", "--once", **settings, **more)
                assert done.returncode == 0, done.stderr

            yield Mailing(address, mail, work)


def is_sound(page: Page) -> None:
    """Anyone can use it, and on the narrowest phone nothing stands out at the side."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("language", ["en", "km", "my"])
def test_an_alert_is_asked_for_confirmed_and_ended(browser: Browser, mailing: Mailing, language: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{mailing.address}/{language}/search/?q=insurance&type=fact-sheet")
    page.wait_for_timeout(2100)  # nobody fills a form in faster
    page.fill("#alert-address", f"{language}@example.org")
    page.click(".offer button")
    page.wait_for_url(re.compile("/search/alerts/sent/"))
    is_sound(page)
    mailing.work()
    message = mailing.mail.kept[-1]
    assert message["To"] == f"{language}@example.org"
    assert message["Content-Language"] == language
    plain = message.get_body(("plain",))
    assert plain is not None
    found = re.search(rf"{mailing.address}/{language}/search/alerts/confirm/\S+", plain.get_content())
    assert found
    page.goto(found[0])
    is_sound(page)
    page.click("main form button")
    page.wait_for_load_state()
    is_sound(page)
    page.click("main a.button")
    page.wait_for_selector("main .alerts")
    is_sound(page)
    page.click("main .alerts button")
    page.wait_for_load_state()
    is_sound(page)
    page.goto(found[0])
    assert page.locator("main form").count() == 0
    is_sound(page)
    context.close()


def test_a_wrong_address_is_mended_without_scripts(browser: Browser, mailing: Mailing) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{mailing.address}/vi/search/?q=insurance")
    page.wait_for_timeout(2100)
    page.fill("#alert-address", "reader@localhost")
    page.click(".offer button")
    page.wait_for_selector(".errors")
    page.wait_for_timeout(2100)
    page.fill("#alert-address", "reader@example.org")
    page.click("main form button")
    page.wait_for_url(re.compile("/vi/search/alerts/sent/"))
    context.close()
