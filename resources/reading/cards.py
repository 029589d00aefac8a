"""A work as a small card in a list: what search found, made ready to print. Asks the database nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext

from resources.places import country_name, native_name, number, time_needed
from resources.source import type_label
from search.types import Hit

COUNTRIES = 3


@dataclass(frozen=True, slots=True)
class Card:
    """`work` is its key in search. `language` is the language of the title; `languages` are (code, own name) of the
    versions and files there are.
    """

    work: str
    url: str
    title: str
    language: str
    kind: str
    duration: float
    kind_label: str
    cover: str
    countries: str
    facts: str
    languages: tuple[tuple[str, str], ...]
    is_demonstration: bool


def card(hit: Hit) -> Card:
    told = hit.card
    return Card(
        work=hit.work,
        url=hit.url,
        title=hit.title,
        language=hit.language,
        kind=told.get("type", ""),
        duration=told.get("duration") or 0,
        kind_label=type_label(told.get("type", ""), get_language() or "en"),
        cover=told.get("cover", ""),
        countries=some_countries(told.get("countries", ()), get_language() or "en"),
        facts=year_and_length(told),
        languages=tuple((code, native_name(code)) for code in languages_of(hit)),
        is_demonstration=bool(told.get("is_demonstration")),
    )


def cards(hits: tuple[Hit, ...]) -> list[Card]:
    return [card(hit) for hit in hits]


def year_and_length(told: Mapping[str, Any]) -> str:
    """'2019 · 8 pages', of a hit's card; of a film only the year, for its length stands with its kind; of a reading
    pack how many works it holds and how long they take.
    """
    if works := told.get("works"):
        held = ngettext("%(shown)s work", "%(shown)s works", works) % {"shown": number(works)}
        return " · ".join([held, *([time_needed(told["minutes"])] if told.get("minutes") else [])])
    pages = 0 if told.get("duration") else told.get("pages") or 0
    length = ngettext("%(shown)s page", "%(shown)s pages", pages) % {"shown": number(pages)} if pages else ""
    return " · ".join(fact for fact in (str(told.get("year") or ""), length) if fact)


def languages_of(hit: Hit) -> tuple[str, ...]:
    """The languages a work can be read in, the one shown first: those of its pages, then those of its files."""
    files = (file.get("language", "") for file in hit.card.get("files", ()) if file.get("format") != "captions")
    return tuple(language for language in dict.fromkeys((hit.language, *hit.languages, *files)) if language)


def some_countries(codes: Sequence[str], ui: str) -> str:
    """The names of the first few countries, the rest counted: 'Cambodia · Lao PDR · Thailand · +4'."""
    names = [country_name(code, ui) for code in codes[:COUNTRIES]]
    return " · ".join(names + ([f"+{number(len(codes) - COUNTRIES, ui)}"] if len(codes) > COUNTRIES else []))
