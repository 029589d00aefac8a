"""Results of a search made ready to print: what a hit says in a line, and facets cut to what fits. No queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from resources.places import bcp47, country_name, native_name, small_number
from resources.reading.cards import languages_of, some_countries, year_and_length
from resources.source import type_label
from resources.thesaurus import labels
from search.page import PageFacet, PageValue
from search.types import Hit, Match

SHOWN = 6
"""Values of a facet that are seen at once."""
THEMES = 3
MORE = 5
"""Languages named on a hit; the rest are counted."""


@dataclass(frozen=True, slots=True)
class HitView:
    """`by_concept`: no word of it was asked for, only its `subject` (HTML). `download` is a file's card, or None."""

    kind: str
    kind_label: str
    countries: str
    facts: str
    languages: tuple[tuple[str, str], ...]
    more_languages: int
    by_concept: bool
    subject: str
    show_snippet: bool
    download: dict[str, Any] | None


def hit_view(hit: Hit, ui: str) -> HitView:
    """A hit in the words of the language `ui`. Asks the database nothing."""
    told = hit.card
    kind = told.get("type", "")
    by_concept = Match.CONCEPT in hit.matched and Match.TEXT not in hit.matched
    files = [file for file in told.get("files", ()) if file.get("format") != "captions"]
    spoken = languages_of(hit)
    return HitView(
        kind=kind,
        kind_label=type_label(kind, ui),
        countries=_countries(told, ui),
        facts=" · ".join(fact for fact in (_themes(told, ui), year_and_length(told)) if fact),
        languages=tuple((code, native_name(code)) for code in spoken[:MORE]),
        more_languages=max(0, len(spoken) - MORE),
        by_concept=by_concept,
        subject=_subject(hit),
        show_snippet=bool(hit.snippet_html) and (not hit.passages or "<mark>" in hit.snippet_html),
        download=_download(files, (ui, hit.language, "en")),
    )


def _themes(told: Any, ui: str) -> str:
    return ", ".join(labels.label(slug, ui) for slug in told.get("themes", ())[:THEMES])


def _subject(hit: Hit) -> str:
    """What a hit is about in the reader's words, as HTML, with its name in the work's language beside it."""
    if not hit.concepts:
        return ""
    label, here = hit.concepts[0]
    if label == here:
        return format_html("<b>{}</b>", label)
    return format_html('<b>{}</b> (<span lang="{}">{}</span>)', label, bcp47(hit.language), here)


def _countries(told: Any, ui: str) -> str:
    """'Cambodia, Lao PDR → Mongolia' for a visit, else the countries a work is about."""
    if told.get("host") and told.get("visitors"):
        visitors = ", ".join(country_name(code, ui) for code in told["visitors"] if code != told["host"])
        return f"{visitors} → {country_name(told['host'], ui)}" if visitors else country_name(told["host"], ui)
    return some_countries(told.get("countries", ()), ui)


def _download(files: list[dict[str, Any]], wanted: Iterable[str]) -> dict[str, Any] | None:
    """The file in the first of the languages `wanted` that there is, else the first file."""
    for language in wanted:
        for file in files:
            if file.get("language") == language:
                return file
    return files[0] if files else None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of a facet, and the link that chooses it or no longer does. A page has a hundred of these, and in a
    template each of their parts is looked up again: that took a tenth of the page's time.
    """

    value: PageValue
    link: SafeString


@dataclass(frozen=True, slots=True)
class Branch(Leaf):
    """A value with those below it in the tree. `open`: it or one of these is chosen."""

    below: tuple[Leaf, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """`shown` are seen at once, the `rest` of all `total` on request. `open`: one of the rest is chosen."""

    name: str
    label: str
    shown: tuple[Branch, ...]
    rest: tuple[Branch, ...]
    open: bool
    total: int
    is_tree: bool


def facet_views(facets: Sequence[PageFacet]) -> list[FacetView]:
    return [_facet_view(facet) for facet in facets if facet.values]


def _facet_view(facet: PageFacet) -> FacetView:
    branches: list[tuple[PageValue, list[PageValue]]] = []
    for value in facet.values:
        if value.depth and branches:
            branches[-1][1].append(value)
        else:
            branches.append((value, []))
    language = get_language() or "en"
    made = tuple(
        Branch(
            value,
            _link(value, facet.name, language),
            tuple(Leaf(each, _link(each, facet.name, language)) for each in below),
            value.selected or any(each.selected for each in below),
        )
        for value, below in branches
    )
    # One more link takes no more room than the words 'Show all'.
    cut = SHOWN if len(made) > SHOWN + 1 else len(made)
    return FacetView(
        name=facet.name,
        label=facet.label,
        shown=made[:cut],
        rest=made[cut:],
        open=any(branch.open for branch in made[cut:]),
        total=len(made),
        is_tree=any(below for _value, below in branches),
    )


def _link(value: PageValue, facet: str, language: str) -> SafeString:
    return format_html(
        '<a href="{}" rel="nofollow"{}{}>{} <span>{}</span></a>',
        value.url,
        _CHOSEN if value.selected else "",
        # What stands for a language is its own name.
        format_html(' lang="{}"', bcp47(value.value)) if facet == "language" else "",
        value.label,
        small_number(value.count, language),
    )


_CHOSEN = format_html(' aria-current="{}"', "true")
