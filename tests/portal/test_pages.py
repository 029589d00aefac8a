"""Every page stands by itself: in each language, with nothing in the library, and for whatever is asked of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.models import PlainPage
from resources import tree
from resources.models import Concept, Country
from search.languages import LANGUAGE_CODES

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).resolve().parents[2] / "portal" / "templates"
SECTIONS = (
    "/",
    "/library/",
    "/search/",
    "/countries/",
    "/countries/vn/",
    "/themes/",
    "/themes/unemployment/",
    "/events/",
)


@pytest.fixture
def portal(index: Path) -> None:
    for language in ("en", "th"):
        tree.home_for(language)
    Country.objects.create(code="VN", is_member=True, row=1, column=3)
    Concept.objects.create(slug="unemployment")


@pytest.mark.parametrize("path", SECTIONS)
def test_a_portal_without_a_single_work_still_has_its_pages(client: Client, portal: None, path: str) -> None:
    response = client.get(f"/en{path}")
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_each_language_has_its_home_page_and_names_all_others(client: Client, portal: None, language: str) -> None:
    tree.home_for(language)
    response = client.get(f"/{language}/")
    assert response.status_code == 200, "a language needs its compiled messages in locale/"
    page = response.content.decode()
    expected = language.replace("hans", "Hans")
    assert f'<html lang="{expected}">' in page
    assert len(re.findall(r'rel="alternate" hreflang="[\w-]+"', page)) == len(LANGUAGE_CODES)


@pytest.mark.parametrize("path", ["/en/nothing/", "/en/countries/zz/", "/en/countries/VN/", "/en/themes/nothing/"])
def test_what_is_not_there_is_said_with_a_way_on(client: Client, portal: None, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 404
    assert 'role="search"' in page
    assert 'name="robots" content="noindex"' in page


@pytest.mark.parametrize("page", ["0", "-1", "999999999999999999999", "two", "１", "", "1e3"])
def test_a_page_number_of_a_country_may_be_anything(client: Client, portal: None, page: str) -> None:
    assert client.get("/en/countries/vn/", {"page": page}).status_code == 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), page=st.text(max_size=8))
def test_the_search_page_answers_whatever_is_typed(client: Client, portal: None, text: str, page: str) -> None:
    response = client.get("/en/search/", {"q": text, "page": page})
    assert response.status_code == 200


def test_what_is_typed_is_shown_as_text(client: Client, portal: None) -> None:
    page = client.get("/en/search/", {"q": '"><img src=x onerror=alert(1)>'}).content.decode()
    assert "<img src=x" not in page


def test_the_switch_keeps_what_was_asked_but_not_the_page_of_results(client: Client, portal: None) -> None:
    page = client.get("/en/search/", {"q": "pension", "country": "VN", "page": "2"}).content.decode()
    assert 'href="/th/search/?q=pension&amp;country=VN"' in page


def test_a_plain_page_stands_beside_its_section_in_the_readers_language(client: Client, portal: None) -> None:
    project = PlainPage(title="The project", slug="project", show_in_menus=True)
    tree.home_for("en").add_child(instance=project)
    project.add_child(instance=PlainPage(title="Partners", slug="partners"))
    page = client.get("/th/project/partners/").content.decode()
    assert 'href="/th/project/" lang="en"' in page
    assert re.search(r'href="/th/project/partners/" aria-current="page"', page)
    assert 'class="note calm"' in page


def test_no_template_carries_a_style_or_a_script_of_its_own() -> None:
    found: list[Any] = []
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text()
        if re.search(r"\sstyle=|<style|\son\w+=[\"']|<script(?![^>]*\ssrc=)", text):
            found.append(template.name)
    assert found == []


def test_styles_and_scripts_of_a_search_page_are_small(client: Client, portal: None) -> None:
    import gzip

    static = TEMPLATES.parent / "static"
    names = re.findall(r'"/static/((?:css|js)/[^"]+)"', client.get("/en/search/").content.decode())
    assert {"css/lumbung.css", "js/menus.js", "js/suggest.js"} <= set(names)
    weight = sum(len(gzip.compress((static / name).read_bytes())) for name in names)
    page = client.get("/en/search/", headers={"accept-encoding": "gzip"})
    assert weight + len(page.content) < 60_000
