"""How the library plugs into search: its works, its facets, its vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from resources import indexing, vocabulary
from resources.access import readers_of_user
from resources.models import RESOURCE_TYPES, Audience
from resources.places import country_name, native_name
from resources.thesaurus import labels
from search import registry
from search.languages import LANGUAGE_CODES
from search.registry import FacetDefinition, FacetOrder
from search.types import SearchDocument, Suggestion

TYPES: dict[str, object] = {model.type_slug: model._meta.verbose_name for model in RESOURCE_TYPES}
"""Values of the facet of types with what they are called. Other sources of works add theirs by `add_type`."""
FORMATS = {
    "pdf": "PDF",
    "video": _("Video"),
    "docx": "Word",
    "xlsx": "Excel",
    "pptx": "PowerPoint",
    "epub": "EPUB",
    "html": "HTML",
    "page": _("Web page"),
}
AUDIENCES = dict(Audience.choices)


def _said(words: Mapping[str, object], value: str, ui: str) -> str:
    """The interface's words for a value, with a capital where the script has one."""
    with override(ui):
        text = str(words.get(value, value))
    return text[:1].upper() + text[1:]


def add_type(value: str, label: object) -> None:
    """Let works of another source be of a type of their own."""
    TYPES[value] = label


def type_label(value: str, ui: str) -> str:
    return _said(TYPES, value, ui)


def format_label(value: str, ui: str) -> str:
    return _said(FORMATS, value, ui)


def audience_label(value: str, ui: str) -> str:
    return _said(AUDIENCES, value, ui)


class Library:
    """The library as a source of works."""

    name = "resources"
    facets: Sequence[FacetDefinition] = (
        FacetDefinition("type", _("Type"), type_label, TYPES.__contains__),
        FacetDefinition("country", _("Country"), country_name, lambda code: code in vocabulary.country_codes()),
        FacetDefinition(
            "theme", _("Theme"), labels.label, lambda slug: slug in labels.all_labels(), parent=labels.parent
        ),
        FacetDefinition("language", _("Language"), lambda code, _ui: native_name(code), LANGUAGE_CODES.__contains__),
        FacetDefinition(
            "year",
            _("Year"),
            lambda year, _ui: year,
            lambda year: year.isdecimal() and len(year) == 4,
            FacetOrder.VALUE,
        ),
        FacetDefinition("audience", _("Written for"), audience_label, AUDIENCES.__contains__),
        FacetDefinition("format", _("Format"), format_label, FORMATS.__contains__),
    )

    def keys(self) -> Iterable[str]:
        return indexing.live_works()

    def documents(self, works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        return indexing.documents(None if works is None else list(works))

    def concept_labels(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        return vocabulary.concept_labels()

    def suggestions(self, text: str, ui: str, readers: frozenset[str]) -> Iterable[Suggestion]:
        return vocabulary.suggestions(text, ui)

    def readers(self, user: AbstractBaseUser) -> Iterable[str]:
        return readers_of_user(user)


def register() -> None:
    registry.register(Library())
