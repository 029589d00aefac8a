"""A small library: one work in two languages with a file in each, beside another work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, Locale

from resources import tree
from resources.models import Concept, ConceptLabel, Country, FactSheetPage, PortalDocument, ResourceFile, ResourceTheme


@dataclass
class Shelf:
    english: FactSheetPage
    thai: FactSheetPage
    other: FactSheetPage


def document(title: str, language: str, media_type: str = "application/pdf", name: str = "file.pdf") -> PortalDocument:
    """A document as it stands after its text was read; its bytes don't matter here."""
    made = PortalDocument(
        title=title, language=language, media_type=media_type, collection=Collection.get_first_root_node()
    )
    made.file.save(name, ContentFile(b"%PDF-1.7"), save=False)
    made.pages, made.file_size = 4, 2_400_000
    made.save()
    return made


@pytest.fixture
def shelf(db: None, index: Path, settings: Any) -> Shelf:
    settings.MEDIA_ROOT = index.parent / "media"
    settings.SEARCH_INDEX_IMMEDIATELY = False
    country = Country.objects.create(code="VN", is_member=True, row=1, column=3)
    theme = Concept.objects.create(slug="unemployment")
    ConceptLabel.objects.create(concept=theme, language="en", text="Unemployment")
    library = tree.library_for("en")
    tree.library_for("th")
    english = FactSheetPage(
        title="Insurance",
        slug="insurance",
        summary="How it works.",
        authors="A. Nguyen; B. Tran",
        year=2019,
        licence="cc-by",
    )
    library.add_child(instance=english)
    english.countries.set([country])
    english.save()
    ResourceTheme.objects.create(resource=english, concept=theme)
    ResourceFile.objects.create(resource=english, document=document("Insurance", "en"))
    thai = english.copy_for_translation(Locale.objects.get(language_code="th"))
    thai.title, thai.live = "ประกันการว่างงาน", True
    thai.save()
    ResourceFile.objects.filter(resource=thai).delete()
    ResourceFile.objects.create(resource=thai, document=document("ประกันการว่างงาน", "th"))
    other = FactSheetPage(title="Pensions", slug="pensions", summary="Another.")
    library.add_child(instance=other)
    return Shelf(english, thai, other)
