"""A work as its application tells it → a work as an engine keeps it: terms of every text, parts for snippets, order,
digest.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from search.analysis import by_script, clusters, detect_language, readable, readable_terms
from search.concepts import ConceptTable, Strength, concept_table, concept_term
from search.engines.base import EngineDocument, EnginePassage
from search.fields import (
    CLUSTERS,
    COMPLETE,
    FILE,
    GRAMS,
    KIND,
    PASSAGE,
    START,
    field_name,
    file_kind,
    kinds_of,
    text_kind,
)
from search.indexing.chunks import chunks
from search.indexing.collation import folded_title, title_key
from search.languages import LANGUAGE_CODES
from search.runs import index_pairs
from search.types import SearchDocument, WorkText

_LAST_DAY = 9_999_999
_OFTEN = 3
"""Times that a text names a concept which it tells more of than in passing."""
_WORDS_A_MENTION = 100
"""In a shorter text, fewer times are as much."""
_LATIN_WORDS = re.compile("[a-z0-9]+")


class _Shown(NamedTuple):
    """A text as a card shows it, and the languages whose words it holds, its own among them."""

    title: str
    summary: str
    body: tuple[str, ...]
    languages: set[str]


def prepare(document: SearchDocument, table: ConceptTable | None = None) -> EngineDocument:
    """What the engine is to hold of `document`, with the concepts of `table` (by default the labels in force) that its
    texts name. Texts in a language that the portal doesn't speak count as the nearest one.
    """
    table = table or concept_table()
    terms = _Terms(table)
    passages: list[EnginePassage] = []
    shown: list[_Shown] = []
    for text in document.texts:
        language = known_language(text.language, f"{text.title} {text.summary} {text.body}")
        title, summary, parts = readable(text.title), readable(text.summary), body_parts(text)
        in_text = {*terms.add("title", language, title), *terms.add("summary", language, summary)}
        for part in parts:
            found = terms.add("body", language, part)
            in_text.update(found)
            # A body of one part stands in the work itself.
            if len(parts) > 1:
                passages.append(_passage(found, {"t": part, "l": language}, text_kind(language)))
        shown.append(_Shown(title, summary, parts, in_text))
    for place in document.passages:
        language = known_language(place.language, place.text)
        for part in chunks(readable(place.text)):
            found = terms.add("files", language, part)
            stored = {"t": part, "l": language, "f": place.file, "u": place.url, "p": place.page, "s": place.start}
            passages.append(_passage(found, stored, f"{FILE} {file_kind(language)}"))
    concepts = terms.strengths(document.concepts)
    fields = terms.joined()
    fields[COMPLETE] = " ".join(filter(None, (completion_terms(text.title) for text in document.texts)))
    return EngineDocument(
        work=document.work,
        version=document.version,
        digest=digest(document, table),
        fields=fields,
        newest=_newest(document),
        titles=_title_keys(document.texts),
        facets=document.facets,
        concepts=tuple(map(concept_term, concepts, concepts.values())),
        readers=document.readers,
        stored=_stored(document, concepts, passages, terms.languages, shown),
        passages=tuple(passages),
    )


def _newest(document: SearchDocument) -> int:
    """A number that is smaller for a later day; works of one day keep an order of their own. It fits into 63 bits."""
    tie = int.from_bytes(hashlib.blake2b(document.work.encode("utf-8", "surrogatepass"), digest_size=4).digest())
    return (_LAST_DAY - document.date.toordinal()) << 32 | tie


def digest(document: SearchDocument, table: ConceptTable | None = None) -> str:
    """A short string that differs when any of the document but its version differs, or the labels of concepts do."""
    told = [
        (table or concept_table()).fingerprint,
        [(text.language, text.title, text.summary, text.body, text.key, text.url) for text in document.texts],
        document.date.isoformat(),
        sorted((name, sorted(values)) for name, values in document.facets.items()),
        sorted(document.concepts),
        sorted(document.readers),
        dict(document.card),
        [(p.file, p.language, p.text, p.url, p.page, p.start, p.end) for p in document.passages],
    ]
    told_as_bytes = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told_as_bytes, digest_size=12).hexdigest()


def known_language(language: str, text: str) -> str:
    """`language` if the portal speaks it, else the one of its languages that `text` looks most like."""
    return language if language in LANGUAGE_CODES else detect_language(text)


def _title_keys(texts: tuple[WorkText, ...]) -> dict[str, str]:
    """By interface language, the key of the title that its readers see: in that language, else in English, else the
    first.
    """
    titles = {text.language: text.title for text in reversed(texts)}
    if not texts:
        return {}
    fallback = titles.get("en", texts[0].title)
    return {ui: title_key(titles.get(ui, fallback), ui) for ui in LANGUAGE_CODES}


@lru_cache(maxsize=64)
def body_parts(text: WorkText) -> tuple[str, ...]:
    """The body of a version in parts fit to be shown."""
    return tuple(chunks(readable(text.body)))


def completion_terms(text: str) -> str:
    """The terms by which titles are completed: folded words of Latin letters, then clusters of the scripts without
    spaces; the first one before them once more, after `START`.
    """
    folded = folded_title(text)
    terms = [*_LATIN_WORDS.findall(folded), *clusters(folded)]
    return " ".join([f"{START}{terms[0]}", *terms]) if terms else ""


@dataclass(slots=True)
class _Terms:
    """Terms gathered by field, the languages that they are of, and the concepts that they name."""

    table: ConceptTable
    languages: set[str] = field(default_factory=set)
    _found: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _mentions: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    _words: Counter[str] = field(default_factory=Counter)
    _titles: set[str] = field(default_factory=set)

    def add(self, part: str, language: str, text: str) -> Mapping[str, Mapping[str, str]]:
        """Add the terms of a readable `text`; give them by language and kind."""
        if not text:
            return {}
        kept = kinds_of(part)
        added: dict[str, Mapping[str, str]] = {}
        for asked_in, words in by_script(text, language).items():
            self.languages.add(asked_in)
            terms = readable_terms(words, asked_in, with_grams=GRAMS in kept)
            kinds: dict[str, str] = {kind: getattr(terms, kind) for kind in kept}
            mentions = self.table.mentions(terms.words, terms.clusters, asked_in)
            # A name in another script is one of the names that the text itself gives the concept.
            counts = self._mentions[language]
            for concept, count in mentions.items():
                counts[concept] = counts.get(concept, 0) + count
            self._words[language] += terms.words.count(" ") + 1
            if part == "title":
                self._titles.update(mentions)
            kinds[CLUSTERS] = index_pairs(terms.clusters)
            for kind, found in kinds.items():
                if found:
                    self._found[field_name(part, asked_in, kind)].append(found)
            added[asked_in] = kinds
        return added

    def strengths(self, chosen: Iterable[str]) -> dict[str, Strength]:
        """How much the work is about each concept, the strongest first: those `chosen` by an editor or named in a title
        most, those named often or in a short text more than those named in passing.
        """
        found: dict[str, Strength] = dict.fromkeys((*chosen, *sorted(self._titles)), Strength.ABOUT)
        for language, mentions in self._mentions.items():
            often = min(_OFTEN, self._words[language] / _WORDS_A_MENTION)
            for concept, count in mentions.items():
                strength = Strength.OFTEN if count >= often else Strength.MENTIONED
                found[concept] = max(strength, found.get(concept, strength))
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def joined(self) -> dict[str, str]:
        return {name: " ".join(found) for name, found in self._found.items()}


def _passage(terms: Mapping[str, Mapping[str, str]], stored: Mapping[str, Any], kind: str) -> EnginePassage:
    fields = {
        field_name(PASSAGE, language, name): kinds[name]
        for language, kinds in terms.items()
        for name in kinds_of(PASSAGE)
        if kinds.get(name)
    }
    return EnginePassage({**fields, KIND: kind}, stored)


def _stored(
    document: SearchDocument,
    concepts: Iterable[str],
    passages: list[EnginePassage],
    languages: Iterable[str],
    shown: Iterable[_Shown],
) -> dict[str, Any]:
    own = {text.language for text in document.texts}
    return {
        "texts": [
            {
                "l": text.language,
                "t": parts.title,
                "s": parts.summary,
                "b": parts.body[0] if len(parts.body) == 1 else "",
                "k": text.key,
                "u": text.url,
                "q": sorted(parts.languages - own),
            }
            for text, parts in zip(document.texts, shown, strict=True)
        ],
        "languages": sorted(languages),
        "date": document.date.isoformat(),
        "facets": {name: list(values) for name, values in document.facets.items()},
        "concepts": list(concepts),
        "card": dict(document.card),
        "kinds": sorted({kind for passage in passages for kind in passage.fields[KIND].split()}),
    }
