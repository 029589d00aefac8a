"""Putting things into a pack: without an account, without scripts, from wherever they are seen."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from resources.packs import actions
from resources.packs.choosing import Choice, read_choice, read_clock, read_pages
from resources.packs.content import ItemKind
from resources.packs.keys import COOKIE
from resources.packs.models import Item, Pack
from tests.resources.packs.conftest import Library

ADD = "/en/packs/add/"
HERE: dict[str, str] = {"HTTP_ORIGIN": "http://testserver"}


def items() -> list[tuple[str, int | None, int | None, float | None, float | None]]:
    return [(item.kind, item.first_page, item.last_page, item.start, item.end) for item in Item.objects.all()]


# --- What is refused ------------------------------------------------------------


def test_a_form_from_elsewhere_puts_nothing_in(client: Client, library: Library) -> None:
    strict = Client(enforce_csrf_checks=True)
    form = {"item": str(library.whole(library.sheet))}
    for origin in ("http://evil.example", "http://testserver.evil.example", "null", "http://[", ""):
        answer = strict.post(ADD, form, HTTP_ORIGIN=origin)
        assert answer.status_code == 403
        assert library.sheet.title in answer.content.decode(), "What was asked for is not lost."
    assert not Item.objects.exists()
    assert strict.post(ADD, form, **HERE).status_code == 303


def test_a_browser_that_does_not_say_where_it_comes_from_is_asked_once_more(library: Library) -> None:
    strict = Client(enforce_csrf_checks=True)
    asked = strict.get(ADD, {"item": str(library.whole(library.sheet))}).content.decode()
    token = asked.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = {"item": str(library.whole(library.sheet)), "csrfmiddlewaretoken": token}
    assert strict.post(ADD, form).status_code == 303
    assert Item.objects.count() == 1


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"item": "nonsense"},
        {"item": "w:no-uuid"},
        {"part": "p:no:1:1-1", "pages": "1"},
        {"item": "\x00", "pages": "\uffff"},
    ],
)
def test_what_cannot_be_understood_is_told(client: Client, library: Library, form: dict[str, str]) -> None:
    answer = client.post(ADD, form, **HERE)
    assert answer.status_code == 422
    assert "Choose what you want" in answer.content.decode()
    assert not Pack.objects.exists()


@pytest.mark.parametrize("pages", ["", "abc", "0", "-3", "3-", "9999999"])
def test_pages_that_are_no_numbers_come_back_with_what_was_typed(client: Client, library: Library, pages: str) -> None:
    part = f"p:{library.sheet.translation_key}:{library.pdf(library.sheet).pk}:1-1"
    answer = client.post(ADD, {"part": part, "pages": pages}, **HERE)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Write pages as numbers" in said
    assert f'value="{pages}"' in said


def test_a_part_beyond_the_end_comes_back_with_the_end(client: Client, library: Library) -> None:
    work, pdf = library.sheet.translation_key, library.pdf(library.sheet)
    answer = client.post(ADD, {"part": f"p:{work}:{pdf.pk}:1-1", "pages": "2–70"}, **HERE)
    assert answer.status_code == 422
    assert f"This document has {pdf.pages} pages." in answer.content.decode()
    assert 'type="checkbox"' not in answer.content.decode(), "What is wrong is not offered beside what is asked."
    film = f"v:{library.film.translation_key}:{library.video.pk}:0-1"
    answer = client.post(ADD, {"part": film, "from": "0:05", "to": "9:00"}, **HERE)
    assert answer.status_code == 422
    assert "The video ends at" in answer.content.decode()
    assert 'value="9:00"' in answer.content.decode()
    assert not Pack.objects.exists()


def test_the_way_back_leads_nowhere_else(client: Client, library: Library) -> None:
    form = {"item": str(library.whole(library.sheet))}
    for wrong in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"):
        answer = client.post(ADD, {**form, "next": wrong}, follow=True, **HERE)
        assert "evil" not in answer.content.decode()
        assert "javascript:" not in answer.content.decode()
    answer = client.post(ADD, {**form, "next": "/th/search/?q=ประกัน"}, follow=True, **HERE)
    assert 'href="/th/search/?q=ประกัน"' in answer.content.decode()


def test_a_work_that_is_not_open_is_not_put_in_and_not_named(client: Client, library: Library) -> None:
    PageViewRestriction.objects.create(page=library.publication, restriction_type="login")
    form = {"item": str(library.whole(library.publication))}
    answer = client.post(ADD, form, follow=True, **HERE)
    assert "is not open to everyone" in answer.content.decode()
    assert library.publication.title not in client.get(ADD, form).content.decode()
    assert not Item.objects.exists()


def test_no_pack_begins_for_nothing(client: Client, library: Library) -> None:
    PageViewRestriction.objects.create(page=library.publication, restriction_type="login")
    for item in (library.whole(library.publication), library.pages(library.sheet, 900, 901), Choice(uuid4())):
        answer = client.post(ADD, {"item": str(item)}, follow=True, **HERE)
        assert "is not open to everyone" in answer.content.decode()
        told = client.post(ADD, {"item": str(item)}, HTTP_ACCEPT="application/json", **HERE).json()
        assert (told["added"], told["count"], told["url"]) == (0, 0, "/en/packs/mine/")
    assert not Pack.objects.exists()
    assert client.post(ADD, {"item": str(library.whole(library.sheet))}, **HERE).status_code == 303
    assert items() == [("work", None, None, None, None)]


def test_a_pack_that_was_deleted_is_offered_no_more(client: Client, library: Library) -> None:
    client.post(ADD, {"item": str(library.whole(library.sheet))}, **HERE)
    code = Pack.objects.get().code
    Pack.objects.all().delete()
    answer = client.post(ADD, {"item": str(Choice(uuid4()))}, follow=True, **HERE)
    assert code not in answer.content.decode()


def test_an_account_fills_its_pack_without_the_secret(client: Client, library: Library) -> None:
    """In another browser than the one that began it."""
    user = User.objects.create_user("trainer")
    pack, _ = actions.begin(language="en", owner=user)
    client.force_login(user)
    client.post("/en/packs/mine/", {"fill": pack.code})
    for choice in (library.whole(library.sheet), library.span(5, 20)):
        assert client.post(ADD, {"item": str(choice)}, **HERE).status_code == 303
    assert Pack.objects.get() == pack
    assert pack.items.count() == 2
    client.logout()
    client.post(ADD, {"item": str(library.whole(library.film))}, **HERE)
    assert pack.items.count() == 2, "Who isn't signed in fills one of his own."
    assert Pack.objects.count() == 2


# --- What is put in -------------------------------------------------------------


def test_several_things_at_once_begin_a_pack_that_the_browser_keeps(client: Client, library: Library) -> None:
    form = {"item": [str(library.whole(library.sheet)), str(library.pages(library.publication, 1, 2))]}
    answer = client.post(ADD, form, follow=True, **HERE)
    assert "2 items were put into your reading pack." in answer.content.decode()
    client.post(ADD, {"item": str(library.span(5, 20))}, **HERE)
    assert Pack.objects.count() == 1
    assert items() == [("work", None, None, None, None), ("pages", 1, 2, None, None), ("span", None, None, 5.0, 20.0)]
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_pack_begins_in_the_language_of_the_page(client: Client, library: Library) -> None:
    client.post("/km/packs/add/", {"item": str(library.whole(library.sheet))}, **HERE)
    assert Pack.objects.get().language == "km"


@pytest.mark.parametrize(("pages", "kept"), [("2–3", (2, 3)), ("៣-២", (2, 3)), ("๒", (2, 2)), ("၁ – ၂", (1, 2))])
def test_pages_are_typed_in_any_digits(client: Client, library: Library, pages: str, kept: tuple[int, int]) -> None:
    part = f"p:{library.sheet.translation_key}:{library.pdf(library.sheet).pk}:1-1"
    client.post(ADD, {"part": part, "pages": pages}, **HERE)
    assert items() == [("pages", *kept, None, None)]


def test_a_span_of_a_video_is_typed_as_a_clock_shows_it(client: Client, library: Library) -> None:
    part = f"v:{library.film.translation_key}:{library.video.pk}:0-1"
    client.post(ADD, {"part": part, "from": "0:05", "to": "0:០២"}, **HERE)
    assert not Item.objects.exists()
    client.post(ADD, {"part": part, "from": "0:05", "to": "0:២០"}, **HERE)
    assert items() == [("span", None, None, 5.0, 20.0)]


def test_scripts_get_an_answer_of_their_own(client: Client, library: Library) -> None:
    form = {"item": str(library.whole(library.sheet))}
    told = client.post(ADD, form, HTTP_ACCEPT="application/json", **HERE).json()
    with override("en"):
        assert told["url"] == reverse("packs:edit", args=[Pack.objects.get().code])
    assert (told["added"], told["count"]) == (1, 1)
    assert client.post(ADD, form, HTTP_ACCEPT="application/json", **HERE).json()["added"] == 0


def test_a_cookie_that_was_tampered_with_opens_nothing(client: Client, library: Library) -> None:
    form = {"item": str(library.whole(library.sheet))}
    client.post(ADD, form, **HERE)
    client.cookies[COOKIE] = client.cookies[COOKIE].value[:-2] + "xx"
    client.post(ADD, form, **HERE)
    assert Pack.objects.count() == 2


# --- What is typed --------------------------------------------------------------


@given(st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    read_choice(text)
    pages, clock = read_pages(text), read_clock(text)
    assert pages is None or 0 < pages[0] <= pages[1]
    assert clock is None or clock >= 0


@given(
    st.uuids(),
    st.integers(1, 10**9),
    st.integers(1, 9999),
    st.integers(0, 500),
    st.floats(0, 9999).map(lambda value: round(value, 1)),
)
def test_a_choice_reads_as_it_is_written(work: object, document: int, first: int, more: int, start: float) -> None:
    pages = Choice(work, ItemKind.PAGES, document, first, first + more)  # type: ignore[arg-type]
    span = Choice(work, ItemKind.SPAN, document, start=start, end=start + 1)  # type: ignore[arg-type]
    assert read_choice(str(pages)) == pages
    assert read_choice(str(span)) == span


def test_a_page_with_the_way_to_a_pack_is_kept_for_nobody_else(client: Client, library: Library) -> None:
    plain = client.get("/en/packs/")
    assert "Cookie" in plain["Vary"]
    client.post(ADD, {"item": str(library.whole(library.sheet))}, **HERE)
    mine = client.get("/en/packs/")
    assert "data-pack-count" in mine.content.decode()
    assert "private" in mine["Cache-Control"]
