"""Labels are read once, and again when they change."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.models import Concept, ConceptLabel
from resources.thesaurus import labels

pytestmark = pytest.mark.django_db


@pytest.fixture
def pension() -> Concept:
    top = Concept.objects.create(slug="social-insurance")
    made = Concept.objects.create(slug="old-age", broader=top, position=1)
    ConceptLabel.objects.create(concept=made, language="en", kind="other", text="pension")
    ConceptLabel.objects.create(concept=made, language="en", text="Old age")
    ConceptLabel.objects.create(concept=made, language="th", text="ชราภาพ")
    return made


def test_a_theme_that_does_not_exist_is_shown_as_it_is() -> None:
    assert labels.label("nothing", "th") == "nothing"
    assert labels.parent("nothing") is None
    assert labels.ancestors("nothing") == []


def test_a_language_without_a_label_reads_english(pension: Concept) -> None:
    assert labels.label("old-age", "km") == "Old age"
    assert labels.label("social-insurance", "km") == "social-insurance"


def test_all_labels_come_with_the_preferred_first(pension: Concept) -> None:
    assert labels.all_labels() == {"social-insurance": {}, "old-age": {"en": ["Old age", "pension"], "th": ["ชราภาพ"]}}
    assert labels.tree() == {"social-insurance": None, "old-age": "social-insurance"}
    assert labels.ancestors("old-age") == ["social-insurance"]


def test_many_questions_cost_one_query(pension: Concept) -> None:
    labels.forget()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for _ in range(20):
            labels.label("old-age", "th")
            labels.all_labels()
            labels.ancestors("old-age")
    assert len(queries) == 1


def test_a_change_shows_at_once_here(pension: Concept) -> None:
    assert labels.label("old-age", "th") == "ชราภาพ"
    label = ConceptLabel.objects.get(text="ชราภาพ")
    label.text = "บำนาญ"
    label.save()
    assert labels.label("old-age", "th") == "บำนาญ"
    label.delete()
    assert labels.label("old-age", "th") == "Old age"


def test_another_process_change_shows_within_a_minute(pension: Concept, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("resources.thesaurus.labels.time.monotonic", lambda: now)
    assert labels.label("old-age", "th") == "ชราภาพ"
    ConceptLabel.objects.filter(text="ชราภาพ").update(text="บำนาญ")
    assert labels.label("old-age", "th") == "ชราภาพ"
    now += 61
    assert labels.label("old-age", "th") == "บำนาญ"


def test_a_circle_in_the_table_ends(pension: Concept) -> None:
    Concept.objects.filter(slug="social-insurance").update(broader=pension)
    labels.forget()
    assert labels.ancestors("old-age") == ["social-insurance", "old-age"]
