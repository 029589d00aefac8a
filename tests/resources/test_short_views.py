"""`/r/<code>`: one address for a work, which stays whatever becomes of its pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from resources.codes import ALPHABET
from resources.models import FactSheetPage, ShelfPage, ShortId
from resources.tree import home_for, library_for
from search.indexing.rebuild import rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture
def page() -> FactSheetPage:
    made = FactSheetPage(title="A sheet", slug="a-sheet", summary="Short.")
    library_for("en").add_child(instance=made)
    return made


def code_of(page: FactSheetPage) -> str:
    return ShortId.objects.get(work=page.translation_key).code


@pytest.mark.parametrize("code", ["K7M2QX", "0OIL11", "a", "K7M2QX" * 3, "k7m2qx%00"])
def test_what_is_no_code_is_not_found(page: FactSheetPage, client: Client, code: str) -> None:
    assert client.get(f"/r/{code}/").status_code == 404


def test_a_code_is_short_and_without_look_alikes(page: FactSheetPage) -> None:
    assert re.fullmatch(f"[{ALPHABET}]{{6}}", code_of(page))
    assert not set(ALPHABET) & set("01OILAEU")


def test_all_versions_of_a_work_share_one(page: FactSheetPage) -> None:
    home_for("km")
    other = page.copy_for_translation(library_for("km").locale)
    assert ShortId.objects.filter(work=other.translation_key).count() == 1
    assert page.copy(update_attrs={"slug": "copy"}).translation_key != page.translation_key
    assert ShortId.objects.count() == 2


@pytest.mark.parametrize("typed", ["{}/", "{}", "{}".lower() + "/"])
def test_it_leads_to_the_readers_language(page: FactSheetPage, client: Client, typed: str) -> None:
    answer = client.get(f"/r/{typed.format(code_of(page))}", HTTP_ACCEPT_LANGUAGE="km")
    assert answer.status_code == 302
    # There is no Khmer version: the interface is Khmer, and the page says so.
    assert answer["Location"] == "/km/library/a-sheet/"
    assert client.get(answer["Location"]).status_code == 200
    assert {"accept-language", "cookie"} <= {name.strip().lower() for name in answer["Vary"].split(",")}


def test_it_is_known_in_small_letters_and_with_hyphens(page: FactSheetPage, client: Client) -> None:
    code = code_of(page).lower()
    assert client.get(f"/r/{code}/").status_code == 302
    assert client.get(f"/r/{code[:3]}-{code[3:]}/").status_code == 302


def test_it_survives_new_slugs_and_places(page: FactSheetPage, client: Client) -> None:
    code = code_of(page)
    page.slug = "renamed"
    page.save_revision().publish()
    assert client.get(f"/r/{code}/")["Location"] == "/en/library/renamed/"
    shelf = ShelfPage(title="Shelf", slug="shelf")
    library_for("en").add_child(instance=shelf)
    page.refresh_from_db()
    page.move(shelf, pos="last-child")
    assert client.get(f"/r/{code}/")["Location"] == "/en/library/shelf/renamed/"


def test_what_is_not_public_is_not_told_of(page: FactSheetPage, client: Client) -> None:
    code = code_of(page)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"/r/{code}/").status_code == 404
    PageViewRestriction.objects.all().delete()
    page.unpublish()
    assert client.get(f"/r/{code}/").status_code == 404
    page.refresh_from_db()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert client.get(f"/r/{code}/").status_code == 404
    page.delete()
    assert client.get(f"/r/{code}/").status_code == 404


def test_a_code_is_never_given_to_another_work(page: FactSheetPage) -> None:
    code = code_of(page)
    page.delete()
    assert ShortId.objects.filter(code=code).exists()


def test_the_works_page_and_its_citations_show_it(page: FactSheetPage, client: Client) -> None:
    address = f"http://testserver/r/{code_of(page)}/"
    assert client.get("/en/library/a-sheet/").text.count(address) == 2
    assert address in client.get(f"/en/library/cite/{page.pk}/ris/").text


def test_codes_for_many_works_take_few_queries(page: FactSheetPage, django_assert_max_num_queries: object) -> None:
    from uuid import uuid4

    works = [uuid4() for _ in range(50)]
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        codes = ShortId.objects.codes_for(works)
    assert len(set(codes.values())) == 50


def test_programs_are_told_of_it_with_what_search_finds(page: FactSheetPage, client: Client) -> None:
    rebuild()
    [found] = client.get("/api/v1/search?q=sheet").json()["results"]
    assert found["permalink"] == f"http://testserver/r/{code_of(page)}/"
    page.slug = "moved"
    page.save()
    answer = client.get(found["permalink"], follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, "/en/library/moved/")
