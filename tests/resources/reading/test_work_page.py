"""A work's page as a visitor gets it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from resources import tree
from resources.models import EventIndexPage, EventPage, PortalDocument, PublicationPage, RelatedWork, ResourceFile
from search.indexing import outbox, worker
from tests.resources.reading.conftest import Shelf, document

pytestmark = pytest.mark.django_db


def html(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_work_that_is_not_translated_says_so_and_says_what_language_it_is_in(client: Client, shelf: Shelf) -> None:
    page = html(client, "/vi/library/insurance/")
    assert '<html lang="vi">' in page
    assert '<div lang="en"><h1>Insurance</h1>' in page
    assert 'class="note calm"' in page


def test_a_work_in_the_readers_language_carries_no_such_note(client: Client, shelf: Shelf) -> None:
    page = html(client, "/th/library/insurance/")
    assert '<div lang="th"><h1>ประกันการว่างงาน</h1>' in page
    assert 'class="note calm"' not in page


def test_files_of_all_languages_are_offered_the_readers_own_first(client: Client, shelf: Shelf) -> None:
    page = html(client, "/th/library/insurance/")
    files = re.findall(r'<li class="file">.*?<h3 lang="([\w-]+)">', page)
    assert files == ["th", "en"]


def test_a_file_in_a_collection_that_is_shut_is_not_told_of(client: Client, shelf: Shelf) -> None:
    shut = PortalDocument.objects.get(title="Insurance").collection.add_child(name="Shut")
    secret = document("Secret annex", "en")
    secret.collection = shut
    secret.save()
    ResourceFile.objects.create(resource=shelf.english, document=secret)
    CollectionViewRestriction.objects.create(collection=shut, restriction_type="login")
    assert "Secret annex" not in html(client, "/en/library/insurance/")


def test_a_version_that_is_shut_is_not_told_of(client: Client, shelf: Shelf) -> None:
    PageViewRestriction.objects.create(page=shelf.thai, restriction_type="login")
    page = html(client, "/en/library/insurance/")
    assert "ประกันการว่างงาน" not in page
    assert 'rel="alternate" hreflang="th"' not in page


def test_the_language_switch_stays_on_the_work_in_all_languages(client: Client, shelf: Shelf) -> None:
    page = html(client, "/en/library/insurance/")
    switch = page[page.index('class="pick"') : page.index("</details>", page.index('class="pick"'))]
    links = re.findall(r'href="(/[\w-]+/library/insurance/)" lang="([\w-]+)"', switch)
    assert len(links) == 11
    assert ("/zh-hans/library/insurance/", "zh-Hans") in links
    # Only where the work itself is there is it announced to search engines.
    assert re.findall(r'rel="alternate" hreflang="([\w-]+)"', page) == ["en", "th"]


def test_a_work_shown_for_want_of_a_translation_points_to_its_own_address(client: Client, shelf: Shelf) -> None:
    assert re.search(r'rel="canonical" href="[^"]*/en/library/insurance/"', html(client, "/km/library/insurance/"))
    assert re.search(r'rel="canonical" href="[^"]*/th/library/insurance/"', html(client, "/th/library/insurance/"))


def test_related_works_are_told_in_the_readers_language(client: Client, shelf: Shelf) -> None:
    RelatedWork.objects.create(resource=shelf.other, other=shelf.english)
    assert "ประกันการว่างงาน" in html(client, "/th/library/pensions/")
    assert "Insurance" in html(client, "/en/library/pensions/")


def test_a_related_work_that_is_shut_is_not_told_of(client: Client, shelf: Shelf) -> None:
    RelatedWork.objects.create(resource=shelf.other, other=shelf.english)
    for page in (shelf.english, shelf.thai):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "Insurance" not in html(client, "/en/library/pensions/")


def test_demonstration_content_says_so(client: Client, shelf: Shelf) -> None:
    assert 'class="demo"' not in html(client, "/en/library/insurance/")
    shelf.english.is_demonstration = True
    shelf.english.save()
    assert 'class="demo"' in html(client, "/en/library/insurance/")


@pytest.mark.parametrize("is_demonstration", [False, True])
def test_demonstration_content_says_so_in_lists_too(client: Client, shelf: Shelf, is_demonstration: bool) -> None:
    shelf.other.is_demonstration = is_demonstration
    shelf.other.save()
    outbox.enqueue(shelf.other.work)
    worker.drain()
    now = timezone.now()
    event = EventPage(title="A course", slug="course", summary="S", starts_at=now, ends_at=now + timedelta(hours=2))
    event.is_demonstration = is_demonstration
    tree.section_for(EventIndexPage, "en").add_child(instance=event)
    for path, title, mark in (
        ("/en/", "Pensions", '<span class="soft">demonstration</span>'),
        ("/en/events/", "A course", "· demonstration"),
    ):
        page = html(client, path)
        assert title in page
        assert (mark in page) is is_demonstration


def test_a_publication_shows_its_contents(client: Client, shelf: Shelf) -> None:
    guide = PublicationPage(title="A guide", slug="a-guide", summary="S", contents="Who pays\n\n  Who is <covered>  ")
    tree.library_for("en").add_child(instance=guide)
    page = html(client, "/en/library/a-guide/")
    assert "<h2>Contents</h2>" in page
    assert "<li>Who pays</li><li>Who is &lt;covered&gt;</li>" in page
    assert "<h2>Contents</h2>" not in html(client, "/en/library/insurance/")


def test_a_reader_is_told_how_to_cite_it_and_under_what_licence(client: Client, shelf: Shelf) -> None:
    page = html(client, "/en/library/insurance/")
    assert "A. Nguyen &amp; B. Tran (2019). Insurance." in page
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page


def test_more_files_and_languages_ask_no_more_of_the_database(client: Client, shelf: Shelf) -> None:
    client.get("/en/library/insurance/")
    with CaptureQueriesContext(connection) as few:
        client.get("/en/library/insurance/")
    for number in range(12):
        ResourceFile.objects.create(resource=shelf.english, document=document(f"Annex {number}", "en"))
    with CaptureQueriesContext(connection) as many:
        page = client.get("/en/library/insurance/")
    assert page.content.decode().count('class="file"') == 14
    assert len(many) <= len(few)


@pytest.mark.parametrize("within", ["", "   ", "'\"<script>", "x" * 5000, "ประกัน"])
def test_whatever_is_searched_inside_a_work_gets_its_page(client: Client, shelf: Shelf, within: str) -> None:
    response = client.get("/en/library/insurance/", {"within": within})
    assert response.status_code == 200
    assert b"<script>" not in response.content.replace(b'<script type="module"', b"")


def test_a_preview_of_a_draft_opens(admin_client: Client, shelf: Shelf, rf: Any) -> None:
    shelf.other.live = False
    shelf.other.save()
    response = shelf.other.make_preview_request(preview_mode="", extra_request_attrs={})
    assert response.status_code == 200


def test_a_page_behind_a_password_asks_for_it_in_the_portals_own_look(
    client: Client, shelf: Shelf, settings: Any
) -> None:
    settings.WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"
    PageViewRestriction.objects.create(page=shelf.other, restriction_type="password", password="granary")
    page = html(client, "/en/library/pensions/")
    assert 'type="password"' in page
    assert "Pensions" not in page
    action = re.search(r'<form action="([^"]+)" method="post">', page)
    assert action
    wrong = client.post(action[1], {"password": "wrong", "return_url": "/en/library/pensions/"})
    assert 'role="alert"' in wrong.content.decode()
