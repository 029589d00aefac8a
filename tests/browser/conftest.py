"""A real Chromium in front of a real server: gunicorn with production settings and the demonstration library."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.conftest import ROOT, environment
from tests.free_port import free_port

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def tab_to(page: Page, wanted: Locator, *, back: bool = False) -> None:
    """Go from where the focus is to `wanted`, as one who has no mouse."""
    for _ in range(300):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"no way to {wanted}")


@contextmanager
def serving(data: Path, **more: str) -> Iterator[str]:
    """The address of a portal in production settings that keeps everything in `data`."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {"DEBUG": "0", "SECRET_KEY": "browser-tests-" + "x" * 50, "PORTAL_BASE_URL": address}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"],
        cwd=ROOT,
        env=environment(data, **settings, **more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert process.poll() is None, "gunicorn ended at its start"
                assert time.monotonic() < deadline, "the portal did not answer within a minute"
                time.sleep(0.3)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def server(demonstration: Path) -> Iterator[str]:
    """The address of a portal that serves the demonstration library."""
    with serving(demonstration) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Open an address of the portal in a new window; the test fails on any error in the console."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_(path: str, *, width: int = 1280, scripts: bool = True, allow_errors: bool = False, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, accept_downloads=True, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if not allow_errors:
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(server + path, wait_until="load")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not errors, errors
