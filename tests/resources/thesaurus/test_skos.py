"""Loading a thesaurus is all or nothing, and never takes away what an editor made."""

from __future__ import annotations

from pathlib import Path

import pytest

from resources.models import Concept, ConceptDefinition, ConceptLabel
from resources.thesaurus import labels, skos

pytestmark = pytest.mark.django_db

SEED = Path(__file__).resolve().parents[3] / "media_seed" / "thesaurus.ttl"
PREFIXES = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix t: <https://themes.example/> .\n"
PENSION = """t:old-age a skos:Concept ;
    skos:prefLabel "Old age"@en ; skos:altLabel "pension"@en ; skos:definition "Income."@en ."""

DELIVERY = """ t:delivery a skos:Concept ; skos:prefLabel "Delivery"@en .
    t:one-stop-shops a skos:Concept ; skos:broader t:delivery ; skos:related t:old-age ;
    skos:prefLabel "One-stop shops"@en, "ច្រកចេញចូលតែមួយ"@km ; skos:altLabel "single window"@en ."""


def turtle(text: str) -> bytes:
    return (PREFIXES + text).encode()


def texts(kind: str) -> list[str]:
    return sorted(ConceptLabel.objects.filter(kind=kind).values_list("text", flat=True))


def test_a_broken_file_changes_nothing() -> None:
    skos.load(turtle(PENSION))
    with pytest.raises(skos.NotTurtle):
        skos.load(turtle(PENSION + "oops"))
    assert ConceptLabel.objects.count() == 2


def test_a_path_that_is_not_there_is_the_callers_to_handle(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        skos.load(tmp_path / "none.ttl")


def test_a_circle_through_what_the_database_holds_is_refused() -> None:
    skos.load(turtle(PENSION + ' t:a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader t:old-age .'))
    Concept.objects.create(slug="between", broader=Concept.objects.get(slug="a"))
    Concept.objects.filter(slug="a").update(broader=None)
    both = """t:a a skos:Concept ; skos:prefLabel "A"@en ; skos:broader t:between .
        t:between a skos:Concept ; skos:prefLabel "B"@en ."""
    with pytest.raises(skos.InvalidThesaurus, match="circle"):
        skos.load(turtle(both))
    assert Concept.objects.get(slug="a").broader is None


def test_a_label_that_a_speaker_confirmed_stays_preferred() -> None:
    skos.load(turtle(PENSION))
    ConceptLabel.objects.filter(text="Old age").update(reviewed=True)
    report = skos.load(turtle(PENSION.replace("Old age", "Older people")))
    assert report.kept == 1
    assert texts("preferred") == ["Old age"]
    assert texts("other") == ["Older people", "pension"]


def test_a_draft_that_the_file_replaces_stays_as_another_label() -> None:
    skos.load(turtle(PENSION))
    skos.load(turtle(PENSION.replace("Old age", "Older people")))
    assert texts("preferred") == ["Older people"]
    assert texts("other") == ["Old age", "pension"]


def test_a_preferred_and_another_label_can_change_places() -> None:
    skos.load(turtle(PENSION))
    skos.load(turtle(PENSION.replace('"Old age"', '"x"').replace('"pension"', '"Old age"').replace('"x"', '"pension"')))
    assert (texts("preferred"), texts("other")) == (["pension"], ["Old age"])


def test_what_editors_added_is_kept() -> None:
    skos.load(turtle(PENSION))
    concept = Concept.objects.get()
    ConceptLabel.objects.create(concept=concept, language="en", kind="other", text="superannuation")
    ConceptDefinition.objects.update(text="Better words.")
    Concept.objects.create(slug="mine")
    report = skos.load(turtle(PENSION))
    assert (report.created, report.updated, report.labels, report.kept) == (0, 1, 0, 1)
    assert "superannuation" in texts("other")
    assert ConceptDefinition.objects.get().text == "Better words."
    assert Concept.objects.filter(slug="mine").exists()


def test_new_labels_wait_for_a_native_speaker() -> None:
    skos.load(turtle(PENSION))
    assert not ConceptLabel.objects.filter(reviewed=True).exists()


def test_loading_the_librarys_thesaurus_twice_changes_nothing() -> None:
    first = skos.load(SEED)
    assert (first.created, first.labels, first.definitions) == (270, ConceptLabel.objects.count(), 286)
    before = skos.export()
    again = skos.load(SEED)
    assert (again.created, again.updated, again.labels, again.definitions, again.kept) == (0, 270, 0, 0, 0)
    assert skos.export() == before


def test_an_export_can_be_loaded_elsewhere() -> None:
    skos.load(turtle(PENSION + DELIVERY))
    exported = skos.export()
    Concept.objects.update(broader=None)
    Concept.objects.all().delete()
    labels.forget()
    skos.load(exported)
    assert skos.export() == exported
    assert labels.label("one-stop-shops", "km") == "ច្រកចេញចូលតែមួយ"
    assert labels.parent("one-stop-shops") == "delivery"


def test_related_themes_point_both_ways() -> None:
    skos.load(turtle(PENSION + DELIVERY))
    pension, shops = Concept.objects.get(slug="old-age"), Concept.objects.get(slug="one-stop-shops")
    assert shops in pension.related.all()
    assert pension in shops.related.all()


def test_an_empty_thesaurus_is_exported_as_a_scheme() -> None:
    assert b"skos:ConceptScheme" in skos.export()
