"""Pages of themes: those with works filed under them, and those that works only tell of."""

from __future__ import annotations

import pytest
from django.test import Client

from resources.models import Concept, ConceptLabel
from resources.thesaurus import labels
from search import concepts
from search.indexing.rebuild import rebuild
from tests.resources.reading.conftest import Shelf

pytestmark = pytest.mark.django_db


def name(slug: str, text: str, broader: Concept | None = None, language: str = "en") -> Concept:
    concept, _made = Concept.objects.get_or_create(slug=slug, defaults={"broader": broader})
    ConceptLabel.objects.create(concept=concept, language=language, text=text)
    return concept


@pytest.fixture(autouse=True)
def vocabulary(shelf: Shelf) -> None:
    unemployment = Concept.objects.get(slug="unemployment")
    insurance = name("unemployment-insurance", "Unemployment insurance", unemployment)
    ConceptLabel.objects.create(concept=insurance, language="th", text="การประกันการว่างงาน")
    ConceptLabel.objects.create(concept=insurance, language="th", text="ประกันการว่างงาน", kind=ConceptLabel.Kind.OTHER)
    name("fishers", "Fishers")
    labels.forget()
    concepts.forget()
    rebuild()


def test_the_list_shows_themes_that_hold_works(client: Client) -> None:
    page = client.get("/en/themes/").content.decode()
    assert "/en/themes/unemployment/" in page
    assert "/en/themes/fishers/" not in page


def test_a_theme_lists_what_is_filed_under_it(client: Client) -> None:
    page = client.get("/en/themes/unemployment/").content.decode()
    assert "1 work" in page
    assert "Unemployment insurance" in page
    assert "No work is filed" not in page


def test_a_theme_without_works_of_its_own_lists_those_that_tell_of_it(client: Client) -> None:
    page = client.get("/en/themes/unemployment-insurance/").content.decode()
    assert "No work is filed under this theme yet. These works mention it:" in page
    assert "/en/library/insurance/" in page


def test_a_theme_that_no_work_tells_of_says_so(client: Client) -> None:
    page = client.get("/en/themes/fishers/").content.decode()
    assert "No work is filed under this theme yet." in page
    assert "These tell of it" not in page
