"""Results of a search made ready to print: what a hit says in a line, and facets cut to what fits. Asks the database nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from resources.places import country_name, native_name
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
    """`by_concept`: no word of it was asked for, only its subject. `download` is a file's card, None if it has no file."""

    kind: str
    kind_label: str
    countries: str
    themes: str
    languages: tuple[tuple[str, str], ...]
    more_languages: int
    by_concept: bool
    concept: str
    concept_here: str
    show_snippet: bool
    download: dict[str, Any] | None


def hit_view(hit: Hit, ui: str) -> HitView:
    told = hit.card
    kind = told.get("type", "")
    by_concept = Match.CONCEPT in hit.matched and Match.TEXT not in hit.matched
    concept, here = hit.concepts[0] if hit.concepts else ("", "")
    files = [file for file in told.get("files", ()) if file.get("format") != "captions"]
    spoken = dict.fromkeys(
        (hit.language, *hit.languages, *(file["language"] for file in files if file.get("language")))
    )
    return HitView(
        kind=kind,
        kind_label=type_label(kind, ui),
        countries=_countries(told, ui),
        themes=", ".join(labels.label(slug, ui) for slug in told.get("themes", ())[:THEMES]),
        languages=tuple((code, native_name(code)) for code in list(spoken)[:MORE]),
        more_languages=max(0, len(spoken) - MORE),
        by_concept=by_concept,
        concept=concept,
        concept_here=here if here != concept else "",
        show_snippet=bool(hit.snippet_html) and (not hit.passages or "<mark>" in hit.snippet_html),
        download=_download(files, (ui, hit.language, "en")),
    )


def _countries(told: Any, ui: str) -> str:
    """'Cambodia, Lao PDR → Mongolia' for a visit, else the countries a work is about."""
    if told.get("host") and told.get("visitors"):
        visitors = ", ".join(country_name(code, ui) for code in told["visitors"] if code != told["host"])
        return f"{visitors} → {country_name(told['host'], ui)}" if visitors else country_name(told["host"], ui)
    return " · ".join(country_name(code, ui) for code in told.get("countries", ()))


def _download(files: list[dict[str, Any]], wanted: Iterable[str]) -> dict[str, Any] | None:
    """The file in the first of the languages `wanted` that there is, else the first file."""
    for language in wanted:
        for file in files:
            if file.get("language") == language:
                return file
    return files[0] if files else None


@dataclass(frozen=True, slots=True)
class Twig:
    """A value of a facet with those below it in the tree. `open`: one of these is chosen."""

    value: PageValue
    below: tuple[PageValue, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """`first` are seen at once, `rest` on request. `open`: one of the rest is chosen."""

    name: str
    label: str
    first: tuple[Twig, ...]
    rest: tuple[Twig, ...]
    open: bool
    total: int


def facet_views(facets: Sequence[PageFacet]) -> list[FacetView]:
    return [_facet_view(facet) for facet in facets if facet.values]


def _facet_view(facet: PageFacet) -> FacetView:
    twigs: list[tuple[PageValue, list[PageValue]]] = []
    for value in facet.values:
        if value.depth and twigs:
            twigs[-1][1].append(value)
        else:
            twigs.append((value, []))
    made = tuple(Twig(value, tuple(below), any(each.selected for each in below)) for value, below in twigs)
    # One more link takes no more room than the words 'Show all'.
    cut = SHOWN if len(made) > SHOWN + 1 else len(made)
    rest = made[cut:]
    return FacetView(
        name=facet.name,
        label=facet.label,
        first=made[:cut],
        rest=rest,
        open=any(twig.open or twig.value.selected for twig in rest),
        total=len(made),
    )
