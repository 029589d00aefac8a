"""Pages and files behind a password: asked for in one way, and not for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction, PageViewRestriction

from portal import passwords
from resources import tree
from resources.models import FactSheetPage

pytestmark = pytest.mark.django_db

PAGE = "/en/library/pensions/"


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    caches["limits"].clear()
    yield
    caches["limits"].clear()


@pytest.fixture
def restriction(settings: Any) -> PageViewRestriction:
    settings.SEARCH_INDEX_IMMEDIATELY = False
    page = FactSheetPage(title="Pensions", slug="pensions", summary="S")
    tree.library_for("en").add_child(instance=page)
    return PageViewRestriction.objects.create(
        page=page, restriction_type=BaseViewRestriction.PASSWORD, password="sesame"
    )


def address(restriction: PageViewRestriction, page: int = 0) -> str:
    return f"/en/_util/authenticate_with_password/{restriction.pk}/{page or restriction.page_id}/"


def test_who_guesses_for_long_is_shut_out(client: Client, restriction: PageViewRestriction) -> None:
    form = {"password": "guess", "return_url": PAGE}
    for _ in range(passwords.A_PLACE):
        assert client.post(address(restriction), form, REMOTE_ADDR="8.8.8.8").status_code == 200
    told = client.post(address(restriction), {**form, "password": "sesame"}, REMOTE_ADDR="8.8.8.8")
    assert told.status_code == 429
    assert told["Retry-After"] == "3600"
    assert b'class="brand"' in told.content
    # From elsewhere the password is taken.
    assert client.post(address(restriction), {**form, "password": "sesame"}, REMOTE_ADDR="9.9.9.9").status_code == 302


def test_the_password_opens_the_page(client: Client, restriction: PageViewRestriction) -> None:
    asked = client.get(PAGE).content.decode()
    assert f'action="{address(restriction)}"' in asked
    wrong = client.post(address(restriction), {"password": "barley", "return_url": PAGE})
    assert 'class="errors"' in wrong.content.decode()
    assert "Pensions" not in wrong.content.decode()
    right = client.post(address(restriction), {"password": "sesame", "return_url": PAGE})
    assert right["Location"] == PAGE
    assert "Pensions" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(client: Client, restriction: PageViewRestriction, back: str) -> None:
    assert client.post(address(restriction), {"password": "sesame", "return_url": back})["Location"] == "/"


@pytest.mark.parametrize("kind", [BaseViewRestriction.LOGIN, BaseViewRestriction.GROUPS])
def test_what_has_no_password_is_not_asked_for_one(client: Client, restriction: PageViewRestriction, kind: str) -> None:
    PageViewRestriction.objects.update(restriction_type=kind)
    assert client.post(address(restriction), {"password": "sesame", "return_url": PAGE}).status_code == 404


def test_nothing_is_told_of_pages_by_their_numbers(client: Client, restriction: PageViewRestriction) -> None:
    assert client.get(address(restriction)).status_code == 405
    other = restriction.page.get_parent()
    form = {"password": "sesame", "return_url": PAGE}
    assert client.post(address(restriction, other.pk), form).status_code == 404
    assert client.post(address(restriction, 99_999), form).status_code == 404


def test_a_file_behind_a_password_is_guarded_alike(client: Client) -> None:
    shut = Collection.get_first_root_node().add_child(name="Shut")
    restriction = CollectionViewRestriction.objects.create(
        collection=shut, restriction_type=BaseViewRestriction.PASSWORD, password="sesame"
    )
    there = f"/documents/authenticate_with_password/{restriction.pk}/"
    form = {"password": "sesame", "return_url": "/documents/1/a.pdf"}
    assert client.post(there, form)["Location"] == "/documents/1/a.pdf"
    for _ in range(passwords.A_PLACE):
        client.post(there, {**form, "password": "guess"}, REMOTE_ADDR="8.8.8.8")
    assert client.post(there, form, REMOTE_ADDR="8.8.8.8").status_code == 429


NEW_PASSWORD = "/admin/password_reset/"


def asked_for(client: Client, email: str, remote: str = "8.8.8.8") -> int:
    """The status that who asks for a new password gets, in the end."""
    return client.post(NEW_PASSWORD, {"email": email}, follow=True, REMOTE_ADDR=remote).status_code


@pytest.fixture
def editor(django_user_model: Any) -> Any:
    return django_user_model.objects.create_superuser("editor", "editor@example.org", "secret")


def test_nobody_fills_an_editors_mailbox_with_new_passwords(client: Client, editor: Any) -> None:
    for place in range(passwords.AN_ACCOUNT + 3):
        # From wherever, and however the address is written, the answer is the same.
        email = "editor@example.org" if place % 2 else "EDITOR@example.org"
        assert asked_for(client, email, f"9.9.9.{place}") == 200
    assert len(mail.outbox) == passwords.AN_ACCOUNT
    assert {message.to[0] for message in mail.outbox} == {"editor@example.org"}


def test_who_asks_for_new_passwords_of_many_is_shut_out(client: Client, editor: Any) -> None:
    for number in range(passwords.A_PLACE):
        assert asked_for(client, f"{number}@example.org") == 200
    assert asked_for(client, "editor@example.org") == 429
    assert mail.outbox == []
    assert asked_for(client, "editor@example.org", "9.9.9.9") == 200
    assert len(mail.outbox) == 1


def test_the_way_to_a_new_password_is_still_wagtails(client: Client, editor: Any) -> None:
    assert reverse("wagtailadmin_password_reset") == NEW_PASSWORD
    assert client.get(NEW_PASSWORD).status_code == 200
    asked_for(client, "editor@example.org")
    link = re.search(r"/admin/password_reset/confirm/\S+", str(mail.outbox[0].body))
    assert link
    assert client.get(link[0], follow=True).status_code == 200
