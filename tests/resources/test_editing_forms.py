"""The forms of the admin: every sort of page can be edited, looked at before it is published, and translated."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from portal.models import PlainPage
from resources.models import (
    RESOURCE_TYPES,
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
