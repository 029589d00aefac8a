from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches

from resources import tree
from resources.models import Concept, ConceptLabel, Country
from search.alerts import noticing, rounds
from tests.portal.surfaces.closing import FRIENDS
from tests.portal.surfaces.works import COUNTRIES, theme_of


@pytest.fixture
def open_site(index: Path, settings: Any) -> Iterator[None]:
    """An empty library in English and Khmer, with its countries and themes."""
    settings.MEDIA_ROOT = index.parent / "media"
    settings.SEARCH_INDEX_IMMEDIATELY = False
    for name in ("default", "limits"):
        caches[name].clear()
    noticing.forget()
    rounds._next_notice = rounds._next_sending = 0.0
    Group.objects.create(name=FRIENDS)
    for country in COUNTRIES:
        Country.objects.create(code=country, is_member=True, row=1, column=1)
        theme = Concept.objects.create(slug=theme_of(country))
        ConceptLabel.objects.create(concept=theme, language="en", text=f"Things of {country}")
    for language in ("en", "km"):
        tree.library_for(language)
    yield
    noticing.forget()
