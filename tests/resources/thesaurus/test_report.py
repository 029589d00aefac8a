"""Native speakers confirm the labels that the project drafted; editors find themes and countries in the menu."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.models import Concept, ConceptLabel, Country

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/labels/"
CONFIRM = "/admin/reports/labels/confirm/"


@pytest.fixture
def concept() -> Concept:
    made = Concept.objects.create(slug="old-age")
    ConceptLabel.objects.create(concept=made, language="en", text="Old age")
    ConceptLabel.objects.create(concept=made, language="th", text="ชราภาพ")
    ConceptLabel.objects.create(concept=made, language="th", kind="other", text="บำนาญ", reviewed=True)
    return made


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


def test_a_visitor_is_sent_to_the_login(client: Client) -> None:
    assert client.get(REPORT).status_code == 302
    assert client.post(CONFIRM, {"label": "1"}).status_code == 302


def test_one_who_may_not_change_themes_may_not_confirm(client: Client, concept: Concept) -> None:
    user = get_user_model().objects.create_user("reader")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    client.post(CONFIRM, {"label": [label.pk for label in ConceptLabel.objects.all()]})
    assert ConceptLabel.objects.filter(reviewed=True).count() == 1
    assert "ชราภาพ" not in client.get(REPORT, follow=True).content.decode()


@pytest.mark.parametrize("chosen", ["", "x", "-1", "9" * 400, "²", "99999"])
def test_a_choice_that_makes_no_sense_confirms_nothing(editor: Client, concept: Concept, chosen: str) -> None:
    assert editor.post(CONFIRM, {"label": chosen}).status_code == 302
    assert ConceptLabel.objects.filter(reviewed=True).count() == 1


def test_confirming_goes_back_only_to_this_site(editor: Client, concept: Concept) -> None:
    assert editor.post(CONFIRM, {"next": "https://elsewhere.example/"})["Location"] == REPORT
    assert editor.post(CONFIRM, {"next": f"{REPORT}?language=th"})["Location"] == f"{REPORT}?language=th"


def test_confirming_by_a_link_is_not_possible(editor: Client) -> None:
    assert editor.get(CONFIRM).status_code == 405


def test_the_list_shows_what_waits_in_a_language(editor: Client, concept: Concept) -> None:
    page = editor.get(REPORT, {"language": "th"}).content.decode()
    assert "ชราภาพ" in page
    assert "บำนาญ" not in page
    assert f'value="{ConceptLabel.objects.get(language="en").pk}"' not in page
    assert f'action="{CONFIRM}"' in page


def test_confirmed_labels_leave_the_list(editor: Client, concept: Concept) -> None:
    label = ConceptLabel.objects.get(text="ชราภาพ")
    answer = editor.post(CONFIRM, {"label": [label.pk]}, follow=True)
    assert "1 label was confirmed." in answer.content.decode()
    label.refresh_from_db()
    assert label.reviewed
    assert "ชราภาพ" not in editor.get(REPORT).content.decode()


def test_the_list_takes_as_many_queries_for_many_labels(editor: Client, concept: Concept) -> None:
    editor.get(REPORT)
    with CaptureQueriesContext(connection) as few:
        editor.get(REPORT)
    for number in range(15):
        other = Concept.objects.create(slug=f"theme-{number}", broader=concept)
        ConceptLabel.objects.create(concept=other, language="lo", text=f"label {number}")
    with CaptureQueriesContext(connection) as many:
        editor.get(REPORT)
    assert len(many) == len(few)


def test_themes_and_countries_are_in_the_menu(editor: Client, concept: Concept) -> None:
    Country.objects.create(code="VN", is_member=True)
    for address, shown in (
        ("/admin/snippets/resources/concept/", "Old age"),
        ("/admin/snippets/resources/country/", "Viet Nam"),
    ):
        answer = editor.get(address)
        assert answer.status_code == 200
        assert shown in answer.content.decode()
    home = editor.get("/admin/").content.decode()
    assert "Vocabulary" in home


def test_themes_with_labels_to_confirm_can_be_picked_out(editor: Client, concept: Concept) -> None:
    Concept.objects.create(slug="done")
    address = "/admin/snippets/resources/concept/"
    assert "done" in editor.get(address).content.decode()
    found = editor.get(address, {"unreviewed": "th"}).content.decode()
    assert "old-age" in found
    assert ">done<" not in found


def test_a_theme_can_be_edited_with_its_labels(editor: Client, concept: Concept) -> None:
    answer = editor.get(f"/admin/snippets/resources/concept/edit/{concept.pk}/")
    assert answer.status_code == 200
    assert "ชราภาพ" in answer.content.decode()
