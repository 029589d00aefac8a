"""Which language a visitor is led to, and what he is told in development when a page isn't there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from portal.middleware import bounded_bodies
from resources import tree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("tl", "fil"),
        ("tl-PH,tl;q=0.9,en;q=0.8", "fil"),
        ("in-ID", "id"),
        ("IN", "id"),
        ("de, in;q=0.5", "id"),
        ("fil-PH", "fil"),
        ("id", "id"),
        # Only whole codes: Tlingit and a region are something else.
        ("tli", "en"),
        ("en-IN", "en"),
        ("hi-in,th;q=0.5", "th"),
        ("x" * 5000 + ",tl", "en"),
        ("", "en"),
    ],
)
def test_a_visitor_is_led_to_the_language_his_browser_asks_for(client: Client, asked: str, language: str) -> None:
    answer = client.get("/", headers={"Accept-Language": asked})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer["Vary"]


def test_the_icon_is_found_at_its_old_address(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix("/static/"))
    assert client.post("/favicon.ico").status_code == 405


@pytest.fixture
def in_development(settings: Any, index: Any) -> None:
    from portal.settings import dev

    settings.DEBUG = True
    settings.MIDDLEWARE = dev.MIDDLEWARE
    tree.home_for("th")


@pytest.mark.parametrize(
    "path", ["/th/nothing/", "/th/countries/zz/", "/th/what.is/this/", "/documents/99/a.pdf", "/media/nothing"]
)
def test_in_development_too_a_page_that_is_not_there_is_the_portals_own(
    client: Client, in_development: None, path: str
) -> None:
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'class="wrap wrong"' in page
    assert "DEBUG" not in page
    assert ('<html lang="th">' in page) is path.startswith("/th/")


@pytest.mark.parametrize(("path", "place"), [("/nothing", "/en/nothing/"), ("/th/library", "/th/library/")])
def test_in_development_too_an_address_without_its_language_or_slash_leads_on(
    client: Client, in_development: None, path: str, place: str
) -> None:
    assert client.get(path)["Location"] == place


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/%00/", "/en/packs/edit/%00/", "/documents/1/%00.pdf", "/admin/%00/", "/%00"])
def test_an_address_with_a_null_character_is_of_no_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/search/?q=pen%00sions", "/api/v1/suggest?q=%00", "/en/events/?page=%00"])
def test_a_null_character_that_is_asked_for_is_left_out(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 404)
    assert client.get(address).status_code == client.get(address.replace("%00", "")).status_code


@pytest.mark.parametrize("address", ["/en/search/alerts/", "/en/packs/new/", "/en/_util/login/", "/api/v1/search"])
def test_nobody_fills_the_disk_through_a_form(client: Client, address: str) -> None:
    answer = client.post(address, {}, CONTENT_LENGTH=str(11 * 1024 * 1024))
    assert answer.status_code == 413
    assert b'class="brand"' in answer.content


MB = 1024 * 1024


@pytest.fixture
def sent(db: None, rf: Any, django_user_model: Any) -> Callable[..., int]:
    """A function: the status that so many bytes get at an address, sent by an administrator, or by `user`."""
    admin = django_user_model.objects.create_superuser("admin", "admin@example.org", "secret")

    def send(address: str, size: int, user: Any = admin) -> int:
        request = rf.post(address, CONTENT_LENGTH=str(size))
        request.user = user
        return bounded_bodies(lambda _request: HttpResponse(status=200))(request).status_code

    return send


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/admin/documents/add/", lambda: settings.UPLOAD_MAX_BYTES),
        ("/django-admin/", lambda: settings.UPLOAD_MAX_BYTES),
        ("/admin/imports/new/", lambda: 200 * MB + 4 * 1024 * MB),
        ("/admin/imports/1/columns/", lambda: settings.UPLOAD_MAX_BYTES),
        ("/admin/drop/", lambda: settings.DROP_MAX_FILES * settings.UPLOAD_MAX_BYTES),
        ("/admin/drop/7/files/", lambda: settings.DROP_MAX_FILES * settings.UPLOAD_MAX_BYTES),
        ("/en/search/alerts/", lambda: 0),
        ("/api/v1/search", lambda: 0),
    ],
)
def test_what_a_page_promises_to_take_is_taken_and_more_is_refused_before_it_is_written_down(
    sent: Callable[..., int], address: str, most: Callable[[], int]
) -> None:
    form = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert sent(address, form + most()) == 200
    assert sent(address, form + most() + 1) == 413


@pytest.mark.parametrize("address", ["/admin/drop/", "/admin/imports/new/", "/admin/login/", "/django-admin/login/"])
def test_who_may_not_enter_the_admin_sends_it_no_files(
    sent: Callable[..., int], address: str, django_user_model: Any
) -> None:
    for user in (AnonymousUser(), django_user_model.objects.create_user("reader", "reader@example.org", "secret")):
        assert sent(address, 10 * MB, user) == 200
        assert sent(address, 10 * MB + 1, user) == 413


@pytest.mark.django_db
def test_a_file_of_a_stranger_is_refused_by_the_portal_as_a_whole(client: Client) -> None:
    assert client.post("/admin/documents/add/", {}, CONTENT_LENGTH=str(11 * MB)).status_code == 413
    assert client.post("/admin/documents/add/", {}, CONTENT_LENGTH=str(10 * MB)).status_code == 302


@pytest.mark.parametrize("length", ["-1", "1e9", "9" * 5000, "１"])
def test_a_length_that_is_none_is_refused(client: Client, length: str) -> None:
    assert client.get("/healthz", CONTENT_LENGTH=length).status_code == 413
