"""What an operator gets who begins a library of his own, without the demonstration."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from portal.beginning import begin
from resources.models import Concept, Country
from search.languages import LANGUAGE_CODES

pytestmark = pytest.mark.django_db


def test_without_its_thesaurus_nothing_is_begun(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="thesaurus"):
        call_command("begin_library")
    assert not Country.objects.exists()


def test_a_library_begins_with_sections_countries_and_themes_and_no_works(client: Client) -> None:
    call_command("begin_library", stdout=StringIO())
    for language in LANGUAGE_CODES:
        for section in ("", "library/", "countries/", "themes/", "events/"):
            assert client.get(f"/{language}/{section}").status_code == 200
    page = client.get("/th/").content.decode()
    assert "เวียดนาม" in page
    assert Concept.objects.count() >= 220


def test_what_editors_made_of_it_stays_when_it_is_begun_again() -> None:
    call_command("begin_library", stdout=StringIO())
    Country.objects.get(code="JP").delete()
    Concept.objects.get(slug="pandemic-response").delete()
    pages = Page.objects.count()
    said = StringIO()
    call_command("begin_library", stdout=said)
    assert "already" in said.getvalue()
    assert not Country.objects.filter(code="JP").exists()
    assert not Concept.objects.filter(slug="pandemic-response").exists()
    assert Page.objects.count() == pages


def test_the_whole_of_it_adds_what_is_missing(settings: Any) -> None:
    Country.objects.create(code="VN", is_member=True)
    begin(settings.BASE_DIR / "media_seed" / "thesaurus.ttl", whole=True)
    assert Country.objects.filter(code="JP").exists()
