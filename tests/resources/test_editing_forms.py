"""The forms of the admin: every sort of page can be edited, looked at before it is published, and translated."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from portal.models import PlainPage
from resources.models import (
    RESOURCE_TYPES,
    Country,
    CountryIndexPage,
    EventIndexPage,
    EventPage,
    LibraryPage,
    ShelfPage,
    ThemeIndexPage,
)
from resources.tree import home_for, library_for, section_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

WORKS = [model.__name__ for model in RESOURCE_TYPES]
PAGES = [*WORKS, "ShelfPage", "PlainPage", "EventPage"]
SECTIONS = ["HomePage", "CountryIndexPage", "ThemeIndexPage", "EventIndexPage"]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    return client


@pytest.fixture
def pages() -> dict[str, Page]:
    """A page of every sort, in English, by the name of its model."""
    for language in ("en", "km"):
        home_for(language)
    made: dict[str, Page] = {"HomePage": home_for("en")}
    for section in (LibraryPage, CountryIndexPage, ThemeIndexPage, EventIndexPage):
        made[section.__name__] = section_for(section, "en")
    words = [("heading", "Who is covered"), ("paragraph", "<p>Everyone who works.</p>")]
    for model in RESOURCE_TYPES:
        work = model(title=f"A {model._meta.verbose_name}", slug=model.type_slug, summary="In short.", body=words)
        made[model.__name__] = library_for("en").add_child(instance=work)
    made["ShelfPage"] = library_for("en").add_child(instance=ShelfPage(title="A shelf", slug="a-shelf"))
    plain = PlainPage(title="A plain page", slug="plain", summary="In short.", body=words)
    made["PlainPage"] = home_for("en").add_child(instance=plain)
    begins = timezone.now()
    event = EventPage(
        title="An event", slug="event", summary="In short.", body=words, starts_at=begins, ends_at=begins + timedelta(1)
    )
    made["EventPage"] = section_for(EventIndexPage, "en").add_child(instance=event)
    return made


def form(client: Client, url: str) -> Any:
    """What the editing form of a page would send; its streams are built by scripts, so they are empty here."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    data = querydict_from_html(answer.content.decode(), form_id="page-edit-form")
    data.update({"body-count": "0", "key_points-count": "0"})
    return data


@pytest.mark.parametrize("kind", ["FactSheetPage", "PlainPage", "EventPage", "HomePage"])
def test_every_script_and_style_of_an_editing_form_is_there(editor: Client, pages: dict[str, Page], kind: str) -> None:
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[pages[kind].pk])).content.decode()
    asked = re.findall(r'(?:src|href)="/static/([^"?]+)', html)
    assert asked
    assert [name for name in asked if not finders.find(name)] == []


@pytest.mark.parametrize("kind", [*PAGES, *SECTIONS])
def test_a_page_is_looked_at_beside_its_form_before_it_is_published(
    editor: Client, pages: dict[str, Page], kind: str
) -> None:
    page = pages[kind]
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = form(editor, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    # The first page says its question, not its title.
    data.update({"title": "Not saved yet", "question": "Not saved yet"})
    assert editor.post(preview, data).json()["is_valid"]
    answer = editor.get(preview)
    assert "Not saved yet" in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_a_page_of_the_site_is_framed_by_nobody(pages: dict[str, Page]) -> None:
    answer = Client().get(pages["PlainPage"].get_url())
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("kind", PAGES)
def test_a_new_page_is_looked_at_before_it_is_saved(editor: Client, pages: dict[str, Page], kind: str) -> None:
    model = type(pages[kind])
    place = [model._meta.app_label, model._meta.model_name, pages[kind].get_parent().pk]
    data = form(editor, reverse("wagtailadmin_pages:add", args=place))
    data.update({"title": "Not saved yet", "slug": "fresh", "summary": "In short."})
    data.update({"starts_at": "2026-03-02 09:00", "ends_at": "2026-03-02 17:00"})
    preview = reverse("wagtailadmin_pages:preview_on_add", args=place)
    assert editor.post(preview, data).json()["is_valid"]
    assert "Not saved yet" in editor.get(preview).content.decode()


def test_the_library_has_no_preview_for_it_shows_the_search_page(editor: Client, pages: dict[str, Page]) -> None:
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[pages["LibraryPage"].pk])).content.decode()
    assert reverse("wagtailadmin_pages:preview_on_edit", args=[pages["LibraryPage"].pk]) not in html
    assert 'name="introduction"' not in html


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_translated_in_the_admin_and_published(
    editor: Client, pages: dict[str, Page], kind: str, django_capture_on_commit_callbacks: Any
) -> None:
    page, khmer = pages[kind], Locale.objects.get(language_code="km")
    submit = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert editor.post(submit, {"locales": [khmer.pk]}).status_code == 302
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=khmer)
    segments = list(translation.source.stringsegment_set.select_related("string", "context"))
    assert not any(segment.context.path == "slug" for segment in segments)
    for segment in segments:
        answer = editor.put(
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
            urlencode({"value": f"ខ្មែរ {segment.string.data}"}),
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code in {200, 201}, answer.content
    made = page.get_translation(khmer)
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("wagtailadmin_pages:edit", args=[made.pk]), {"action": "publish"})
    html = Client().get(page.get_url().replace("/en/", "/km/")).content.decode()
    assert f"ខ្មែរ {page.title}" in html
    assert page.slug == made.slug
    # A shelf has no body.
    assert kind == "ShelfPage" or "ខ្មែរ Everyone who works." in html


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Cambodia", "Japan", "Lao PDR", "Viet Nam"]),
        ("th", ["กัมพูชา", "ญี่ปุ่น", "ลาว", "เวียดนาม"]),
        ("vi", ["Campuchia", "Lào", "Nhật Bản", "Việt Nam"]),
    ],
)
@pytest.mark.parametrize(
    ("kind", "field"),
    [("FactSheetPage", "countries"), ("EventPage", "countries"), ("StudyVisitReportPage", "visitors")],
)
def test_countries_to_tick_stand_in_the_order_of_their_names(
    editor: Client, pages: dict[str, Page], kind: str, field: str, language: str, names: list[str]
) -> None:
    for code in ("JP", "KH", "LA", "VN"):
        Country.objects.create(code=code)
    user = get_user_model().objects.get()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[pages[kind].pk])).content.decode()
    boxes = re.findall(rf'<input type="checkbox" name="{field}"[^>]*>\s*([^<]+?)\s*</label>', html)
    assert boxes == names
