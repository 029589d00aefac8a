"""Countries and themes that a file tells of: labels of the thesaurus found in its pages, in its own language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from resources.intake.findings.types import Finding, ReadFile
from search.analysis import fold, index_terms
from search.concepts import ConceptTable

MOST_PAGES = 60
PAGE_CHARACTERS = 20_000
OFTEN = 3
IN_TITLE = 10
"""A label in the title weighs as much as so many in the text."""
MOST = {"theme": 5, "country": 4}
_SHARE = {"theme": 0.25, "country": 0.3}
"""How often, beside the one named most, something must be named to be what the file is about."""


@dataclass(slots=True)
class _Named:
    times: int = 0
    in_title: bool = False
    pages: Counter[int] = field(default_factory=Counter)

    @property
    def weight(self) -> int:
        return self.times + (IN_TITLE if self.in_title else 0)


def subjects(file: ReadFile, title: str, table: ConceptTable) -> dict[str, list[Finding]]:
    """What the file is about, by kind (`theme` and `country`), the surest first."""
    named = _named(file, title, table)
    return {kind: _surest(file, title, table, kind, named) for kind in MOST}


def _surest(file: ReadFile, title: str, table: ConceptTable, kind: str, every: Mapping[str, _Named]) -> list[Finding]:
    named = {concept: found for concept, found in every.items() if concept.startswith(f"{kind}:")}
    most = max((found.weight for found in named.values()), default=0)
    about = [
        (concept, found)
        for concept, found in named.items()
        if found.weight >= OFTEN and found.weight >= most * _SHARE[kind]
    ]
    about.sort(key=lambda item: (-item[1].weight, item[0]))
    return [
        Finding(
            concept.partition(":")[2],
            "title" if found.in_title else "text",
            min(found.pages, key=lambda page: (-found.pages[page], page)) if found.pages else None,
            _words(file, title, table, concept, found),
            found.times,
        )
        for concept, found in about[: MOST[kind]]
    ]


def _named(file: ReadFile, title: str, table: ConceptTable) -> dict[str, _Named]:
    named: dict[str, _Named] = {}
    language = file.language or "en"
    for place, passage in enumerate(file.text.passages[:MOST_PAGES], 1):
        for concept, times in _mentions(table, passage.text[:PAGE_CHARACTERS], language):
            found = named.setdefault(concept, _Named())
            found.times += times
            found.pages[passage.page or place] += times
    for concept, _times in _mentions(table, title, language):
        named.setdefault(concept, _Named()).in_title = True
    return named


def _mentions(table: ConceptTable, text: str, language: str) -> list[tuple[str, int]]:
    terms = index_terms(text, language)
    return list(table.mentions(terms.words, terms.clusters, language).items())


def _words(file: ReadFile, title: str, table: ConceptTable, concept: str, found: _Named) -> tuple[str, ...]:
    """The labels as they stand in the text; the preferred one where only inflected forms do."""
    language = file.language or "en"
    text = fold(" ".join([title, *(file.page(page)[:PAGE_CHARACTERS] for page, _times in found.pages.most_common(3))]))
    there = [name for name in table.labels.get(concept, {}).get(language, ()) if fold(name) in text]
    return tuple(there[:3]) or ((label,) if (label := table.label(concept, language)) else ())
