"""Concepts that a text or a query names, in whatever language: the bridge from a word in Lao to a work written in
English alone.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import count, zip_longest

from search import registry
from search.analysis import LanguageTerms, QueryTerms, clusters, index_terms, readable
from search.languages import LANGUAGES

FRESH_SECONDS = 60.0
_LONG_RUN = {"zh-hans": 3}
_LONG_RUN_ELSEWHERE = 4
"""Clusters from which on a label is told by its letters alone."""
_UNSPACED = frozenset(language.code for language in LANGUAGES if language.script != "Latn")

Labels = Mapping[str, Mapping[str, Sequence[str]]]
_editions = count()
_Form = tuple[str, ...]
_Match = tuple[int, int, tuple[str, ...]]
"""Place and length of a label in terms, and its concepts."""


class _Table:
    """Concepts by the forms of their labels: those of one term by it, longer ones whole. `lengths` are those of the
    labels that begin with two terms, the longest first: hundreds may, but have few lengths between them.
    """

    def __init__(self) -> None:
        self.singles: dict[str, tuple[str, ...]] = {}
        self.longer: dict[_Form, tuple[str, ...]] = {}
        self.lengths: dict[_Form, tuple[int, ...]] = {}

    def put(self, form: _Form, concept: str) -> None:
        if len(form) == 1:
            named = self.singles.get(form[0], ())
            if concept not in named:
                self.singles[form[0]] = (*named, concept)
        elif form:
            named = self.longer.get(form, ())
            if concept not in named:
                self.longer[form] = (*named, concept)
                known = self.lengths.get(form[:2], ())
                self.lengths[form[:2]] = tuple(sorted({*known, len(form)}, reverse=True))


_NO_LABELS = _Table()


class Strength(IntEnum):
    """How much a work is about a concept."""

    MENTIONED = 1
    OFTEN = 2
    ABOUT = 3


def concept_term(concept: str, strength: Strength) -> str:
    """The term by which an index holds that a work is about a concept so much, neither more nor less: most works name
    the common concepts, and one term of a work for each is as little as there can be to go through.
    """
    return f"{concept}^{strength.value}"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a query that is a label: of one concept, or of several that share it. `words` are the terms
    it covers.
    """

    concepts: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """The labels that a query holds when it is read in one language; `share` is how much of the query they cover, 0 to
    1.
    """

    language: str
    spans: tuple[Span, ...]
    share: float


class ConceptTable:
    """Labels of concepts, ready to be found in texts and queries; `broader` names the concept above one, `near` those
    above and below it.

    No two tables have the same `edition`; those of the same labels have the same `fingerprint`.
    """

    def __init__(self, labels: Labels, broader: Mapping[str, str] | None = None) -> None:
        self.labels = labels
        self.near = _near(broader or {})
        self.edition = next(_editions)
        self.fingerprint = _fingerprint(labels)
        self._stems: dict[str, _Table] = defaultdict(_Table)
        self._written: dict[str, _Table] = defaultdict(_Table)
        self._clusters: dict[str, _Table] = defaultdict(_Table)
        for concept, by_language in labels.items():
            for language, names in by_language.items():
                for name in names:
                    self._add(concept, language, readable(name))

    def mentions(self, words: str, clusters: str, language: str) -> Counter[str]:
        """How often a text of `language` names each concept, from its `IndexTerms.words` and `.clusters`.

        In the scripts without spaces a longer label is found whatever words the dictionary makes of it, a short one
        only where it is whole words: as letters it stands in others by chance.
        """
        matches = _matches(tuple(words.split()), self._stems.get(language, _NO_LABELS))
        found = Counter([concept for _at, _length, concepts in matches for concept in concepts])
        if clusters:
            long = _LONG_RUN.get(language, _LONG_RUN_ELSEWHERE)
            runs = _matches(tuple(clusters.split()), self._clusters.get(language, _NO_LABELS))
            as_runs = [concept for _at, length, concepts in runs if length >= long for concept in concepts]
            if as_runs:
                found |= Counter(as_runs)
        return found

    def readings(self, terms: QueryTerms) -> tuple[Reading, ...]:
        """Every reading that names a concept, the one that covers most first."""
        found = []
        for asked in terms.languages:
            stems = self._reading(asked, asked.words, self._stems.get(asked.language, _NO_LABELS))
            written = self._reading(asked, asked.phrase, self._written.get(asked.language, _NO_LABELS))
            found.append(max(stems, written, key=lambda reading: reading.share))
        for language, table in self._clusters.items():
            matches = [match for run in terms.clusters for match in _matches(run, table)]
            spans = tuple(Span(concepts, frozenset()) for _at, _length, concepts in matches)
            covered = sum(length for _at, length, _concepts in matches)
            found.append(Reading(language, spans, covered / max(1, sum(map(len, terms.clusters)))))
        return tuple(sorted((reading for reading in found if reading.spans), key=lambda reading: -reading.share))

    def label(self, concept: str, language: str) -> str:
        """The preferred label, in English where `language` has none; "" for a concept that nobody knows."""
        by_language = self.labels.get(concept, {})
        return next((by_language[code][0] for code in (language, "en") if by_language.get(code)), "")

    @staticmethod
    def _reading(asked: LanguageTerms, form: _Form, table: _Table) -> Reading:
        """The labels in one form of the query: as stems, or as written."""
        spans = []
        covered = 0
        for at, length, concepts in _matches(form, table):
            inside = frozenset(form[at : at + length])
            # Spans name terms as fields hold them, whichever form the label was found in.
            words = frozenset(
                word for word, plain in zip(asked.words, asked.plain, strict=True) if word in inside or plain in inside
            )
            spans.append(Span(concepts, words))
            covered += length
        return Reading(asked.language, tuple(spans), covered / max(1, len(form)))

    def _add(self, concept: str, language: str, name: str) -> None:
        terms = index_terms(name, language)
        self._stems[language].put(tuple(terms.words.split()), concept)
        self._written[language].put(tuple(terms.plain.split()), concept)
        if language in _UNSPACED:
            run = tuple(clusters(name))
            # One syllable alone is part of too many words.
            if len(run) > 1:
                self._clusters[language].put(run, concept)


def _near(broader: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    near: defaultdict[str, list[str]] = defaultdict(list)
    for concept, above in broader.items():
        near[concept].append(above)
        near[above].append(concept)
    return {concept: tuple(found) for concept, found in near.items()}


def _fingerprint(labels: Labels) -> str:
    told = json.dumps({concept: {**by_language} for concept, by_language in labels.items()}, sort_keys=True)
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _matches(form: _Form, table: _Table) -> list[_Match]:
    """The labels in `form`, from its beginning, the longest at each place, none overlapping."""
    singles, longer, lengths = table.singles, table.longer, table.lengths
    found: list[_Match] = []
    free = 0
    # Few places begin a label: a comprehension passes over the others several times faster than a loop.
    pairs = enumerate(zip_longest(form, form[1:]))
    for at, pair in [(at, pair) for at, pair in pairs if pair[0] in singles or pair in lengths]:
        if at < free:
            continue
        for length in lengths.get(pair, ()):
            label = form[at : at + length]
            if label in longer:
                free = at + len(label)
                found.append((at, len(label), longer[label]))
                break
        else:
            free = at
            if pair[0] in singles:
                free = at + 1
                found.append((at, 1, singles[pair[0]]))
    return found


_lock = threading.Lock()
_table: ConceptTable | None = None
_read_at = 0.0


def concept_table() -> ConceptTable:
    """The table of all registered labels. Labels are read again after a minute, and at once after `forget`."""
    global _table, _read_at
    table = _table
    if table is not None and time.monotonic() - _read_at < FRESH_SECONDS:
        return table
    with _lock:
        if _table is None or time.monotonic() - _read_at > FRESH_SECONDS:
            labels = registry.concept_labels()
            broader = _broader(labels)
            if _table is None or _table.labels != labels or _table.near != _near(broader):
                _table = ConceptTable(labels, broader)
            _read_at = time.monotonic()
        return _table


def _broader(labels: Labels) -> dict[str, str]:
    """The concept above each that has one. A concept is known as its facet and value: the facet knows the tree."""
    facets = registry.facets()
    broader: dict[str, str] = {}
    for concept in labels:
        kind, _colon, value = concept.partition(":")
        above = facets[kind].parent(value) if kind in facets else None
        if above is not None and f"{kind}:{above}" in labels:
            broader[concept] = f"{kind}:{above}"
    return broader


def forget() -> None:
    """Labels have changed, or other sources were registered: read them again at the next query."""
    global _read_at, _table
    with _lock:
        _table, _read_at = None, 0.0
