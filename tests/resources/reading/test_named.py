"""Works that a page names look as they do when search finds them, and nobody is told of what he may not see."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from PIL import Image
from wagtail.models import CollectionViewRestriction, Locale, PageViewRestriction

from resources import tree
from resources.models import (
    Country,
    EventIndexPage,
    EventMaterial,
    EventPage,
    FactSheetPage,
    PortalDocument,
    PortalImage,
    RelatedWork,
    ResourceFile,
    ShelfPage,
    VideoPage,
)
from resources.reading.cards import card
from resources.reading.found import find
from resources.reading.named import works_by_key
from search.indexing import outbox, worker
from tests.resources.reading.conftest import Shelf, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(rf: Any) -> HttpRequest:
    request: HttpRequest = rf.get("/")
    request.user = AnonymousUser()
    request.session = {}
    return request


def picture() -> PortalImage:
    data = io.BytesIO()
    Image.new("RGB", (300, 400), "teal").save(data, "PNG")
    image = PortalImage(title="Cover")
    image.file.save("cover.png", ContentFile(data.getvalue()), save=False)
    image.width, image.height = 300, 400
    image.save()
    return image


def with_picture(title: str, language: str, **more: Any) -> PortalDocument:
    made = document(title, language, **more)
    made.thumbnail.save("first.webp", ContentFile(b"RIFF"), save=False)
    made.save()
    return made


@pytest.fixture
def works(shelf: Shelf) -> list[FactSheetPage | VideoPage]:
    """A work in two languages with a cover, a film, and a bare work that is a demonstration."""
    shelf.english.cover = picture()
    shelf.english.save()
    film = VideoPage(title="At the counter", slug="counter", summary="S", year=2020)
    tree.library_for("en").add_child(instance=film)
    Country.objects.bulk_create([Country(code=code) for code in ("KH", "LA", "MN", "TH")])
    film.countries.set(Country.objects.all())
    film.save()
    seen = with_picture("Film", "vi", media_type="video/mp4", name="film.mp4")
    PortalDocument.objects.filter(pk=seen.pk).update(duration=73.0, pages=None)
    captions = document("Captions", "my", "text/vtt", "captions.vtt")
    for each in (seen, captions):
        ResourceFile.objects.create(resource=film, document=each)
    shelf.other.is_demonstration = True
    shelf.other.save()
    made = [shelf.english, film, shelf.other]
    outbox.enqueue(*(work.work for work in made))
    worker.drain()
    return made


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("reader", ["en", "th", "km"])
def test_a_named_work_looks_as_when_it_is_found(works: list[Any], visitor: HttpRequest, reader: str) -> None:
    with override(reader):
        found = {hit.work: card(hit) for hit in find(visitor, page_size=20).hits}
        named = works_by_key([work.translation_key for work in works], visitor)
        assert named == [found[work.work] for work in works]
        assert named[0].cover
        assert named[1].duration == 73


def test_a_named_work_keeps_from_visitors_what_stands_in_a_shut_collection(
    works: list[Any], visitor: HttpRequest
) -> None:
    shut = PortalDocument.objects.first().collection.add_child(name="Shut")
    secret = with_picture("Secret annex", "lo")
    secret.collection = shut
    secret.save()
    ResourceFile.objects.create(resource=works[2], document=secret)
    CollectionViewRestriction.objects.create(collection=shut, restriction_type="login")
    (told,) = works_by_key([works[2].translation_key], visitor)
    assert told.cover == ""
    assert [code for code, _name in told.languages] == ["en"]


def test_a_work_that_is_shut_is_not_named(works: list[Any], visitor: HttpRequest) -> None:
    PageViewRestriction.objects.create(page=works[2], restriction_type="login")
    assert works_by_key([works[2].translation_key], visitor) == []


def test_an_alias_of_a_work_that_is_shut_is_not_named_either(
    client: Client, works: list[Any], visitor: HttpRequest
) -> None:
    told = works[2]
    alias = told.copy_for_translation(Locale.objects.get(language_code="th"), alias=True)
    RelatedWork.objects.create(resource=works[1], other=told)
    assert alias.live
    assert told.title in html(client, "/en/library/counter/")
    PageViewRestriction.objects.create(page=told, restriction_type="login")
    assert client.get(alias.url).status_code == 302
    assert works_by_key([told.translation_key], visitor) == []
    assert told.title not in html(client, "/en/library/counter/")


def test_an_alias_of_an_event_that_is_shut_is_not_told_of(client: Client, shelf: Shelf) -> None:
    soon = timezone.now() + timedelta(days=2)
    event = EventPage(title="Behind doors", slug="doors", summary="S", starts_at=soon, ends_at=soon)
    tree.section_for(EventIndexPage, "en").add_child(instance=event)
    tree.section_for(EventIndexPage, "th")
    event.copy_for_translation(Locale.objects.get(language_code="th"), alias=True)
    assert "Behind doors" in html(client, "/th/")
    PageViewRestriction.objects.create(page=event, restriction_type="login")
    for path in ("/th/", "/th/events/", "/en/", "/en/events/"):
        assert "Behind doors" not in html(client, path), path


def test_naming_more_works_asks_no_more_of_the_database(works: list[Any], visitor: HttpRequest) -> None:
    keys = []
    for number in range(6):
        more = FactSheetPage(title="X", slug=f"x-{number}", summary="S", cover=picture())
        tree.library_for("en").add_child(instance=more)
        ResourceFile.objects.create(resource=more, document=with_picture("X", "en"))
        keys.append(more.translation_key)
    # The first time pictures are made.
    works_by_key(keys, visitor)
    with CaptureQueriesContext(connection) as few:
        works_by_key(keys[:2], visitor)
    with CaptureQueriesContext(connection) as many:
        assert len(works_by_key(keys, visitor)) == 6
    assert len(many) <= len(few)


def test_related_works_materials_and_shelves_show_the_same_card(client: Client, works: list[Any]) -> None:
    told = works[2]
    shelf = tree.library_for("en").add_child(instance=ShelfPage(title="A series", slug="series"))
    now = timezone.now()
    event = EventPage(title="A course", slug="course", summary="S", starts_at=now, ends_at=now + timedelta(hours=2))
    tree.section_for(EventIndexPage, "en").add_child(instance=event)
    EventMaterial.objects.create(event=event, resource=told)
    RelatedWork.objects.create(resource=works[1], other=told)
    shown = []
    for path in ("/en/library/counter/", "/en/events/course/"):
        page = html(client, path)
        shown.append(page[page.index('<article class="card">') :].partition("</article>")[0])
    told.move(shelf, "last-child")
    page = html(client, "/en/library/series/")
    shown.append(page[page.index('<article class="card">') :].partition("</article>")[0])
    assert all('<span class="soft">demonstration</span>' in each for each in shown)
    assert all('<span lang="en" class="here">English</span>' in each for each in shown)
    assert shown[0] == shown[1]


def test_an_events_countries_lead_to_their_pages_and_its_time_stands_before_its_text(
    client: Client, shelf: Shelf
) -> None:
    now = timezone.now()
    event = EventPage(
        title="A course",
        slug="course",
        summary="S",
        starts_at=now,
        ends_at=now + timedelta(hours=2),
        body=[("paragraph", "<p>For three days.</p>")],
    )
    event.countries = [Country.objects.get(code="VN")]
    tree.section_for(EventIndexPage, "en").add_child(instance=event)
    page = html(client, "/en/events/course/")
    assert '<a href="/en/countries/vn/">Viet Nam</a>' in page
    assert page.index("<dt>Time zone</dt>") < page.index("For three days.")
