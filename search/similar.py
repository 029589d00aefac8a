"""What is like a query that nothing answers: runs of scripts without spaces that the library has and that differ in a
cluster or two, and several corrections asked as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil

from search.analysis import LanguageTerms, QueryTerms, clusters, readable
from search.concepts import ConceptTable
from search.edits import nearest_part
from search.engines.base import EngineQuery, SearchEngine
from search.engines.clauses import Best, Bool, Clause, Term
from search.fields import CLUSTERS, PARTS, PASSAGE, field_name
from search.languages import LANGUAGES
from search.ranking import Asked
from search.runs import query_pairs

MOST = 3
_UNSPACED = frozenset(language.code for language in LANGUAGES if language.script != "Latn")
_MOST_RUNS = 2
_SHORTEST, _LONGEST = 3, 24
"""Clusters of a run that may be mistyped."""
_SHARE = 0.25
_MOST_EDITS = 2.0
"""A quarter of a run may differ, and no more than two clusters."""
_SAMPLE = 12
_ALPHANUMERIC = re.compile("[A-Za-z0-9]")


def is_one_run(asked: Asked) -> bool:
    """Whether a query is nothing but one run of a script without spaces."""
    text = asked.parsed.loose
    return len(asked.terms.clusters) == 1 and not asked.parsed.clauses and _ALPHANUMERIC.search(text) is None


def similar_runs(engine: SearchEngine, asked: Asked, table: ConceptTable, readers: frozenset[str]) -> tuple[str, ...]:
    """The runs of titles, texts and labels that are nearest to those of a query, the commonest first, at most `MOST`.
    They are of what the reader may see.
    """
    languages = [terms.language for terms in asked.terms.languages if terms.language in _UNSPACED]
    found: Counter[tuple[float, tuple[str, ...]]] = Counter()
    for run in asked.terms.clusters[:_MOST_RUNS]:
        if languages and _SHORTEST <= len(run) <= _LONGEST:
            for text in (*_labels(table, languages), *_texts(engine, run, languages, readers)):
                near = nearest_part(run, _clusters(text), _allowed(run)) if _shares_enough(run, text) else None
                if near is not None and len(near[1]) > 1:
                    found[near] += 1
    least = min((edits for edits, _part in found), default=0.0)
    nearest = ["".join(part) for (edits, part), _times in found.most_common() if edits == least]
    return tuple(dict.fromkeys(nearest))[:MOST]


def one_of(alternatives: Sequence[Asked]) -> Asked:
    """Several queries as one, for marking and for telling what fits; at least one is given."""
    return Asked(
        alternatives[0].parsed,
        _joined([asked.terms for asked in alternatives]),
        _joined([asked.loose for asked in alternatives]),
        tuple(dict.fromkeys(reading for asked in alternatives for reading in asked.readings)),
    )


def _joined(several: Sequence[QueryTerms]) -> QueryTerms:
    words: dict[str, dict[str, str]] = {}
    for terms in several:
        for each in terms.languages:
            words.setdefault(each.language, {}).update(zip(each.words, each.plain, strict=True))
    languages = tuple(LanguageTerms(language, tuple(found), tuple(found.values())) for language, found in words.items())
    return QueryTerms(languages, tuple(dict.fromkeys(run for terms in several for run in terms.clusters)))


def _allowed(run: Sequence[str]) -> float:
    return min(len(run) * _SHARE, _MOST_EDITS)


def _labels(table: ConceptTable, languages: Sequence[str]) -> Iterator[str]:
    for by_language in table.labels.values():
        for language in languages:
            yield from by_language.get(language, ())


def _texts(engine: SearchEngine, run: Sequence[str], languages: Sequence[str], readers: frozenset[str]) -> list[str]:
    """Texts that hold most of the run's pairs of clusters; those of pages and cues only if no work tells of it
    itself.
    """
    hits = engine.search(EngineQuery(_holding(run, languages, PARTS), readers, limit=_SAMPLE)).hits
    texts = [text[part] for hit in hits for text in hit.stored["texts"] for part in "tsb"]
    works = [hit.work for hit in hits]
    found = engine.passages(_holding(run, languages, (PASSAGE,)), works, readers, MOST) if works else {}
    return [*texts, *(place.stored["t"] for places in found.values() for place in places)]


def _holding(run: Sequence[str], languages: Sequence[str], parts: Sequence[str]) -> Clause:
    pairs = tuple(dict.fromkeys(query_pairs(run)))
    fields = [field_name(part, language, CLUSTERS) for part in parts for language in languages]
    return Bool(
        should=tuple(Best(tuple(Term(name, pair) for name in fields)) for pair in pairs), at_least=_enough(pairs)
    )


@lru_cache(maxsize=8192)
def _clusters(text: str) -> tuple[str, ...]:
    return tuple(clusters(readable(text)))


def _shares_enough(run: Sequence[str], text: str) -> bool:
    """Most texts share too little with the run: that is told much faster than how far they are from it."""
    pairs = set(pairwise(run))
    return len(pairs.intersection(pairwise(_clusters(text)))) >= _enough(pairs)


def _enough(pairs: Collection[object]) -> int:
    """How many of a run's pairs a text must hold: a cluster that is wrong takes two of them with it."""
    return max(1, len(pairs) - 2 * ceil(min((len(pairs) + 1) * _SHARE, _MOST_EDITS)))
