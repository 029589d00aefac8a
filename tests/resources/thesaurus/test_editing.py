"""Themes in the admin."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from resources.models import Concept, ConceptLabel

pytestmark = pytest.mark.django_db


def address(action: str, *args: int) -> str:
    return reverse(Concept.snippet_viewset.get_url_name(action), args=args)


def sent(*labels: tuple[str, str, str, int | str]) -> dict[str, str]:
    """What the form of a theme sends for labels: (language, kind, text, number of the label or nothing)."""
    known = sum(1 for *_words, pk in labels if pk)
    data = {"slug": "pensions", "broader": "", "position": "0"}
    for name, forms, initial in (("labels", len(labels), known), ("definitions", 0, 0)):
        data |= {f"{name}-TOTAL_FORMS": str(forms), f"{name}-INITIAL_FORMS": str(initial)}
        data |= {f"{name}-MIN_NUM_FORMS": "0", f"{name}-MAX_NUM_FORMS": "1000"}
    for number, (language, kind, text, pk) in enumerate(labels):
        fields = {"language": language, "kind": kind, "text": text, "id": str(pk), "DELETE": ""}
        data |= {f"labels-{number}-{name}": value for name, value in fields.items()}
    return data


def test_two_preferred_labels_in_a_language_are_refused(admin_client: Client) -> None:
    labels = sent(("en", "preferred", "Pensions", ""), ("en", "preferred", "Old age", ""))
    answer = admin_client.post(address("add"), labels)
    assert answer.status_code == 200
    assert "Please correct the duplicate data for language and kind" in answer.content.decode()
    assert not Concept.objects.exists()


def test_a_preferred_label_a_language_and_other_labels_are_kept(admin_client: Client) -> None:
    labels = sent(("en", "preferred", "Pensions", ""), ("en", "other", "Old age", ""), ("th", "preferred", "บำนาญ", ""))
    assert admin_client.post(address("add"), labels).status_code == 302
    assert ConceptLabel.objects.count() == 3


def test_two_labels_change_places(admin_client: Client) -> None:
    concept = Concept.objects.create(slug="pensions")
    other = ConceptLabel.objects.create(concept=concept, language="en", text="Old age", kind="other")
    preferred = ConceptLabel.objects.create(concept=concept, language="en", text="Pensions")
    labels = sent(("en", "preferred", "Old age", other.pk), ("en", "other", "Pensions", preferred.pk))
    assert admin_client.post(address("edit", concept.pk), labels).status_code == 302
    assert ConceptLabel.objects.get(kind="preferred").text == "Old age"
