"""Clauses as Elasticsearch's queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, assert_never

from search.engines.clauses import (
    Best,
    Bool,
    Clause,
    Constant,
    Everything,
    Fuzzy,
    InFields,
    Nothing,
    Of,
    Phrase,
    Prefix,
    Term,
    Weighted,
)
from search.engines.elasticsearch.mapping import LONGEST_TERM, WORK
from search.fields import has_positions

Query = dict[str, Any]

NOTHING: Query = {"match_none": {}}

MOST_CLAUSES = 60_000
"""Leaves of a query. A server with little memory refuses long ones; no text that is typed comes near this."""
MOST_VALUES = 60_000
"""Values of one filter: the server takes 65,536."""
_MOST_ENDINGS = 500
"""Words that the last one of a prefix may go on to."""
_MOST_EDITS = 2


def only(field: str, values: Sequence[str]) -> Query:
    """Documents with any of `values` in `field`; for filters, where nothing is scored."""
    return {"terms": {field: [value for value in values if _is_text(value)][:MOST_VALUES]}}


def translate(clause: Clause) -> Query:
    """The query that finds what `clause` says, with the scores that the embedded engine gives."""
    return _Translator().found(clause, 1.0) or NOTHING


class _Translator:
    """Weights are carried down to the leaves: each level of a query costs one of the few that a server allows."""

    def __init__(self) -> None:
        self._left = MOST_CLAUSES

    def found(self, clause: Clause, boost: float) -> Query | None:
        """The query, its scores times `boost`, or None if nothing can match."""
        match clause:
            case Term(field, word):
                return self._term(field, word, boost)
            case Weighted(inner, by):
                return self.found(inner, boost * by)
            case InFields(fields, words, tie, goes_on):
                return _best(self._in_fields(fields, words, goes_on, boost), tie)
            case Best(clauses, tie):
                return _best(self._all(clauses, boost), tie)
            case Bool():
                return self._bool(clause, boost)
            case Phrase(field, words, slop):
                return self._phrase(field, words, slop, boost)
            case Prefix(field, words):
                return self._prefix(field, words, boost)
            case Fuzzy(field, word, distance):
                return self._fuzzy(field, word, distance, boost)
            case Constant(inner, score):
                query = self.found(inner, 1.0)
                return None if query is None else _constant(query, score * boost)
            case Of(works):
                return _constant(only(WORK, works), 0.0) if works else None
            case Everything():
                return {"match_all": {"boost": boost}}
            case Nothing():
                return None
            case _:
                assert_never(clause)

    def _all(self, clauses: Iterable[Clause], boost: float) -> list[Query]:
        return [query for clause in clauses if (query := self.found(clause, boost)) is not None]

    def _in_fields(
        self, fields: Sequence[tuple[str, float]], words: tuple[str, ...], goes_on: bool, boost: float
    ) -> list[Query]:
        found = (
            self._prefix(field, words, boost * weight) if goes_on else self._phrase(field, words, 0, boost * weight)
            for field, weight in fields
        )
        return [query for query in found if query is not None]

    def _takes(self) -> bool:
        """Whether there is room for one more leaf."""
        self._left -= 1
        return self._left >= 0

    def _term(self, field: str, word: str, boost: float) -> Query | None:
        if len(word) > LONGEST_TERM:
            # The analyzer of the server parts a word this long; its parts are neighbours.
            return self._phrase(field, (word,), 0, boost)
        if not _is_text(word) or not self._takes():
            return None
        return {"term": {field: word if boost == 1.0 else {"value": word, "boost": boost}}}

    def _phrase(self, field: str, words: tuple[str, ...], slop: int, boost: float) -> Query | None:
        if len(words) == 1 and len(words[0]) <= LONGEST_TERM:
            return self._term(field, words[0], boost)
        if not words or not all(map(_is_word, words)) or not has_positions(field) or not self._takes():
            return None
        return {"match_phrase": {field: {"query": " ".join(words), "slop": slop, "boost": boost}}}

    def _prefix(self, field: str, words: tuple[str, ...], boost: float) -> Query | None:
        if not words or not all(map(_is_word, words)) or not self._takes():
            return None
        if len(words) == 1:
            return {"prefix": {field: {"value": words[0], "boost": boost}}}
        if not has_positions(field):
            return None
        how = {"query": " ".join(words), "max_expansions": _MOST_ENDINGS, "boost": boost}
        return {"match_phrase_prefix": {field: how}}

    def _fuzzy(self, field: str, word: str, distance: int, boost: float) -> Query | None:
        if not _is_word(word) or len(word) > LONGEST_TERM or not self._takes():
            return None
        edits = min(max(distance, 0), _MOST_EDITS)
        return {"fuzzy": {field: {"value": word, "fuzziness": edits, "rewrite": "constant_score", "boost": boost}}}

    def _bool(self, clause: Bool, boost: float) -> Query | None:
        must = self._all(clause.must, boost)
        if len(must) < len(clause.must):
            return None
        should = self._all(clause.should, boost)
        needed = clause.at_least if clause.must else max(clause.at_least, 1 if clause.should else 0)
        if len(should) < needed:
            return None
        never = self._all(clause.never, 1.0)
        if not must and not should:
            if not never:
                return None
            return {"bool": {"filter": [{"match_all": {}}], "must_not": never}}
        if len(must) + len(should) == 1 and not never:
            return (must or should)[0]
        made: Query = {"must": must, "should": should, "must_not": never}
        return {"bool": {**{name: part for name, part in made.items() if part}, "minimum_should_match": needed}}


def _best(queries: list[Query], tie: float) -> Query | None:
    if len(queries) > 1:
        return {"dis_max": {"queries": queries, "tie_breaker": tie}}
    return queries[0] if queries else None


def _constant(query: Query, score: float) -> Query:
    return {"constant_score": {"filter": query, "boost": score}}


def _is_text(word: str) -> bool:
    """Half of a surrogate pair is no text, and no index holds it."""
    return word.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in word)


def _is_word(word: str) -> bool:
    """Whether it is one term and not several: no term holds a space."""
    return word.split() == [word] and _is_text(word)
