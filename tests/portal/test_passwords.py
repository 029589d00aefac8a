"""Pages and files behind a password: asked for in one way, and not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
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
