"""Where a page stood before leads to where it stands now, in every language, and tells nothing of what is private."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from resources.models import FactSheetPage, ShelfPage
from resources.tree import home_for, library_for
from resources.withdrawing import withdraw

Rename = Callable[[Page, str], None]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture
def page() -> FactSheetPage:
    home_for("km")
    made = FactSheetPage(title="A sheet", slug="first", summary="Short.")
    library_for("en").add_child(instance=made)
    return made


@pytest.fixture
def rename(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Any]]],
) -> Callable[[Page, str], None]:
    def renamed(page: Page, slug: str) -> None:
        page.refresh_from_db()
        page.slug = slug
        # Wagtail notes the old address after the commit.
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return renamed


def test_an_address_that_never_was_is_not_found(page: FactSheetPage, client: Client, rename: Rename) -> None:
    rename(page, "second")
    for path in ("/en/library/third/", "/en/library/first%00/", "/documents/1/first/"):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize("path", ["//[", "//[first/", "//]/", "//[::1/en/library/first/"])
def test_an_address_that_reads_as_a_host_that_cannot_be_is_not_found(client: Client, path: str) -> None:
    # Given as a server gives it: the test's client takes such a beginning off.
    assert client.get("/", PATH_INFO=path).status_code == 404


@pytest.mark.parametrize("language", ["en", "km", "lo"])
def test_an_old_slug_leads_to_the_new_one_in_every_language(
    page: FactSheetPage, client: Client, language: str, rename: Rename
) -> None:
    rename(page, "second")
    rename(page, "third")
    home_for(language)
    for old in ("first", "second"):
        answer = client.get(f"/{language}/library/{old}/")
        assert answer.status_code == 301
        assert answer["Location"] == f"/{language}/library/third/"
    assert client.get(f"/{language}/library/first/?cite=apa")["Location"] == f"/{language}/library/third/"


def test_a_slug_that_is_taken_again_is_the_pages_own(page: FactSheetPage, client: Client, rename: Rename) -> None:
    rename(page, "second")
    rename(page, "first")
    assert client.get("/en/library/first/").status_code == 200
    assert client.get("/en/library/second/")["Location"] == "/en/library/first/"


def test_a_moved_shelf_takes_its_works_along(page: FactSheetPage, client: Client, rename: Rename) -> None:
    shelf = ShelfPage(title="Shelf", slug="shelf")
    library_for("en").add_child(instance=shelf)
    page.refresh_from_db()
    page.move(shelf, pos="last-child")
    rename(shelf, "series")
    for old in ("/en/library/first/", "/en/library/shelf/first/"):
        assert client.get(old)["Location"] == "/en/library/series/first/"
    assert client.get("/km/library/shelf/first/")["Location"] == "/km/library/series/first/"


def test_what_is_not_public_is_not_told_of(page: FactSheetPage, client: Client, rename: Rename) -> None:
    rename(page, "secret-plan")
    guard = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/en/library/first/").status_code == 404
    guard.delete()
    page.refresh_from_db()
    page.unpublish()
    assert client.get("/en/library/first/").status_code == 404


def test_of_a_withdrawn_work_it_leads_to_the_page_that_says_why(
    page: FactSheetPage, client: Client, rename: Rename
) -> None:
    rename(page, "second")
    withdraw(work=page.translation_key, reason="errors", texts={}, on=date(2026, 11, 3), replacement=None, by=None)
    answer = client.get("/km/library/first/", follow=True)
    assert answer.redirect_chain == [("/km/library/second/", 301)]
    assert answer.status_code == 410


def test_redirects_that_an_editor_wrote_are_followed_to_their_end(page: FactSheetPage, client: Client) -> None:
    Redirect.objects.create(old_path="/en/a", redirect_link="/en/b/")
    Redirect.objects.create(old_path="/en/b", redirect_link="/en/library/first/", is_permanent=False)
    answer = client.get("/en/a/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/library/first/")
    Redirect.objects.create(old_path="/en/x", redirect_link="/en/y/")
    Redirect.objects.create(old_path="/en/y", redirect_link="/en/x/")
    assert client.get("/en/x/").status_code in (301, 302, 404)
