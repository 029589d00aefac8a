"""Clauses as Tantivy queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import tantivy

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
from search.engines.embedded.schema import WORK

_Query = tantivy.Query
_MUST = tantivy.Occur.Must
_SHOULD = tantivy.Occur.Should
_NEVER = tantivy.Occur.MustNot


def only(schema: tantivy.Schema, field: str, values: Sequence[str]) -> tantivy.Query:
    """Documents with any of `values` in `field`, adding nothing to the score."""
    if len(values) == 1 and "." not in field:
        # A set of values is a set of documents, made again for each question; one value's documents stand there. What
        # is inside a field has no terms that a query could name.
        return _Query.const_score_query(_Query.term_query(schema, field, values[0], "basic"), 0.0)
    return _Query.const_score_query(_Query.term_set_query(schema, field, values), 0.0)


def _best(queries: list[tantivy.Query], tie: float) -> tantivy.Query | None:
    """The score of the best of `queries` plus `tie` times those of the others; None where there is none."""
    if len(queries) > 1:
        return _Query.disjunction_max_query(queries, tie)
    return queries[0] if queries else None


def _weighted(query: tantivy.Query | None, by: float) -> tantivy.Query | None:
    return query if query is None or by == 1.0 else _Query.boost_query(query, by)


def both(*queries: tantivy.Query) -> tantivy.Query:
    """Documents that all of `queries` find."""
    return queries[0] if len(queries) == 1 else _Query.boolean_query([(_MUST, query) for query in queries])


Terms = dict[tuple[str, str, float], tantivy.Query | None]
"""Queries by field, word and weight, None for words that a state of the index lacks: looked up once, asked again and
again."""

_MOST_KNOWN = 100_000


class Translator:
    """Translates for one state of an index: what its dictionaries lack is left out, which is most of a query that asks
    many fields.

    A translation that is not `scored`, because answers are only counted, leaves out what would only change the score.
    """

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, known: Terms, *, scored: bool = True
    ) -> None:
        self._searcher = searcher
        self._schema = schema
        self._known = known
        self._scored = scored

    def query(self, clause: Clause) -> tantivy.Query:
        """The query that finds what `clause` says. Every field it names must be in the schema."""
        return self._found(clause) or _Query.empty_query()

    def _found(self, clause: Clause) -> tantivy.Query | None:
        """The query, or None if nothing can match."""
        match clause:
            case Term(field, word):
                return self._term(field, word)
            case InFields(fields, words, tie, goes_on):
                return _best(self._in_fields(fields, words, goes_on), tie)
            case Best(clauses, tie):
                return _best(self._all(clauses), tie)
            case Weighted(inner, by):
                return _weighted(self._found(inner), by if self._scored else 1.0)
            case Bool():
                return self._bool(clause)
            case Phrase(field, words, slop):
                return self._phrase(field, words, slop)
            case Prefix(field, words):
                return self._prefix(field, words)
            case Fuzzy(field, word, distance):
                return _Query.fuzzy_term_query(self._schema, field, word, distance)
            case Constant(inner, score):
                query = self._found(inner)
                return None if query is None else _Query.const_score_query(query, score)
            case Of(works):
                return only(self._schema, WORK, works) if works else None
            case Everything():
                return _Query.all_query()
            case Nothing():
                return None
            case _:
                assert_never(clause)

    def _in_fields(
        self, fields: Sequence[tuple[str, float]], words: tuple[str, ...], goes_on: bool
    ) -> list[tantivy.Query]:
        found = []
        for field, weight in fields:
            by = weight if self._scored else 1.0
            if len(words) == 1 and not goes_on:
                query = self._term(field, words[0], by)
            else:
                query = self._prefix(field, words) if goes_on else self._phrase(field, words, 0)
                query = _weighted(query, by)
            if query is not None:
                found.append(query)
        return found

    def _term(self, field: str, word: str, by: float = 1.0) -> tantivy.Query | None:
        key = (field, word, by)
        if key in self._known:
            return self._known[key]
        found = None
        if self._searcher.doc_freq(field, word):
            found = _weighted(_Query.term_query(self._schema, field, word, "freq"), by)
        if len(self._known) < _MOST_KNOWN:
            self._known[key] = found
        return found

    def _all(self, clauses: Iterable[Clause]) -> list[tantivy.Query]:
        return [query for query in map(self._found, clauses) if query is not None]

    def _bool(self, clause: Bool) -> tantivy.Query | None:
        must = self._all(clause.must)
        if len(must) < len(clause.must):
            return None
        needed = clause.at_least if clause.must else max(clause.at_least, 1 if clause.should else 0)
        should = self._all(clause.should) if self._scored or needed else []
        if len(should) < needed:
            return None
        never = self._all(clause.never)
        if not must and not should:
            if not never:
                return None
            # Tantivy finds nothing for a query that only says what must not be.
            must = [_Query.const_score_query(_Query.all_query(), 0.0)]
        if len(must) + len(should) == 1 and not never:
            return (must or should)[0]
        parts = [(_MUST, query) for query in must] + [(_SHOULD, query) for query in should]
        return _Query.boolean_query(parts + [(_NEVER, query) for query in never], needed or None)

    def _phrase(self, field: str, words: tuple[str, ...], slop: int) -> tantivy.Query | None:
        if len(words) == 1:
            return self._term(field, words[0])
        if not words or None in [self._term(field, word) for word in words]:
            return None
        return _Query.phrase_query(self._schema, field, list(words), slop)

    def _prefix(self, field: str, words: tuple[str, ...]) -> tantivy.Query | None:
        if not words:
            return None
        if len(words) == 1:
            return _Query.fuzzy_term_query(self._schema, field, words[0], distance=0, prefix=True)
        return _Query.phrase_prefix_query(self._schema, field, list(words))
