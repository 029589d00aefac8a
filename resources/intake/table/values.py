"""What stands in the cells of the table: values of a draft ↔ text as editors read and write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Field
from django.utils.translation import gettext as _
from stdnum import isbn

from resources.importing.pages import MODELS
from resources.importing.sheet import clean
from resources.models import Country, Licence, PublicationPage, ResourcePage
from resources.places import country_name, country_names
from resources.thesaurus import labels
from resources.years import check_year
from search.analysis import fold
from search.languages import LANGUAGE_CODES

Value = str | int | tuple[str, ...] | None

COLUMNS = (
    "title", "type", "language", "year", "countries", "themes", "summary", "authors", "publisher", "licence",
    "isbn", "doi",
)  # fmt: skip
LISTS = frozenset({"countries", "themes"})
_BETWEEN = re.compile(r"[;\n;；]")


@dataclass(slots=True)
class Vocabulary:
    """The names of countries and themes, read once a request. `language` is the editor's."""

    language: str
    _codes: dict[str, str] = field(default_factory=dict)
    _slugs: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code in Country.objects.values_list("code", flat=True):
            for names in country_names(code).values():
                for name in names:
                    self._codes.setdefault(fold(name), code)
            self._codes[fold(code)] = code
        every = labels.all_labels()
        for slug, by_language in every.items():
            for texts in by_language.values():
                for text in texts:
                    self._slugs.setdefault(fold(text), slug)
        # A label that two themes share means the one that shows it here.
        for slug in every:
            self._slugs[fold(labels.label(slug, self.language))] = slug
        for slug in every:
            self._slugs[fold(slug)] = slug

    def countries(self) -> list[str]:
        return sorted(country_name(code, self.language) for code in set(self._codes.values()))

    def themes(self) -> list[str]:
        return [labels.label(slug, self.language) for slug in labels.tree()]

    def shown(self, column: str, value: Value) -> str:
        """The text of a cell."""
        if isinstance(value, tuple):
            names: Callable[[str], str] = (
                (lambda code: country_name(code, self.language))
                if column == "countries"
                else (lambda slug: labels.label(slug, self.language))
            )
            return "; ".join(names(item) for item in value)
        return "" if value is None else str(value)

    def read(self, column: str, text: str) -> Value:
        """The value that a cell's text means. Raises ValidationError with a sentence for the editor."""
        text = clean(text) if column == "summary" else " ".join(clean(text).split())
        if column in LISTS:
            return self._several(column, text)
        return _READ[column](text) if column in _READ else _checked(column, text)

    def _several(self, column: str, text: str) -> tuple[str, ...]:
        known = self._codes if column == "countries" else self._slugs
        found: dict[str, None] = {}
        for name in _BETWEEN.split(text):
            if not name.strip():
                continue
            value = known.get(fold(name.strip()))
            if value is None:
                near = get_close_matches(fold(name.strip())[:80], known, 1)
                meant = self.shown(column, (known[near[0]],)) if near else ""
                raise ValidationError(
                    _("“%(name)s” is not known here. Is “%(meant)s” meant?")
                    if meant
                    else _("“%(name)s” is not known here."),
                    params={"name": name.strip()[:60], "meant": meant},
                )
            found[value] = None
        return tuple(found)


@dataclass(frozen=True)
class Content:
    """The values of a draft, from the content of a revision as Wagtail stores it: no page is built for reading them.

    `slugs` are those of themes by their key, `languages` codes by the key of a locale.
    """

    content: Mapping[str, object]
    kind: str
    language: str
    slugs: Mapping[int, str]

    @cached_property
    def values(self) -> dict[str, Value]:
        said = self.content
        concepts = said.get("resource_themes")
        countries = said.get("countries")
        found: dict[str, Value] = {
            name: str(said.get(name) or "")
            for name in ("title", "summary", "authors", "publisher", "licence", "isbn", "doi")
        }
        year = said.get("year")
        found["year"] = year if isinstance(year, int) else None
        found["type"], found["language"] = self.kind, self.language
        found["countries"] = tuple(map(str, countries)) if isinstance(countries, list) else ()
        found["themes"] = (
            tuple(self.slugs[item["concept"]] for item in concepts if item.get("concept") in self.slugs)
            if isinstance(concepts, list)
            else ()
        )
        return found


def _year(text: str) -> Value:
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text):
        raise ValidationError(_("Write a year with four digits."))
    check_year(int(text))
    return int(text)


def _choice(allowed: tuple[str, ...], *, empty: bool = False) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        if text not in allowed and not (empty and not text):
            raise ValidationError(_("Choose one of those offered."))
        return text

    return read


def _isbn(text: str) -> Value:
    if text and not isbn.is_valid(text):
        raise ValidationError(_("This is not an ISBN: its last digit does not match the others."))
    return isbn.format(text) if text else ""


def _title(text: str) -> Value:
    if not text:
        raise ValidationError(_("A work needs a title."))
    return _checked("title", text)


_READ: dict[str, Callable[[str], Value]] = {
    "title": _title,
    "type": _choice(tuple(MODELS)),
    "language": _choice(LANGUAGE_CODES),
    "year": _year,
    "licence": _choice(tuple(Licence.values), empty=True),
    "isbn": _isbn,
}


def _checked(column: str, text: str) -> Value:
    """A text that its field takes."""
    model = PublicationPage if column == "doi" else ResourcePage
    target = model._meta.get_field(column)
    assert isinstance(target, Field)
    if text:
        # An empty one is a draft's: publishing asks for it.
        target.run_validators(text)
        if target.max_length:
            # A text field knows its length, but leaves it to forms.
            MaxLengthValidator(target.max_length)(text)
    return text
