"""Clauses as Tantivy queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import tantivy

from search.engines.clauses import (
    Best,
    Bool,
    Clause,
    Constant,
    Everything,
    Fuzzy,
    Nothing,
    Phrase,
    Prefix,
    Term,
    Weighted,
)

_Query = tantivy.Query
_MUST = tantivy.Occur.Must
_SHOULD = tantivy.Occur.Should
_NEVER = tantivy.Occur.MustNot


def translate(clause: Clause, schema: tantivy.Schema) -> tantivy.Query:
    """The query that finds what `clause` says. Every field it names must be in `schema`."""
    match clause:
        case Term(field, word):
            return _Query.term_query(schema, field, word, "freq")
        case Best(clauses, tie):
            return _Query.disjunction_max_query([translate(each, schema) for each in clauses], tie)
        case Weighted(inner, by):
            return _Query.boost_query(translate(inner, schema), by)
        case Bool():
            return _bool(clause, schema)
        case Phrase(field, words, slop):
            return _phrase(schema, field, words, slop)
        case Prefix(field, words):
            return _prefix(schema, field, words)
        case Fuzzy(field, word, distance):
            return _Query.fuzzy_term_query(schema, field, word, distance)
        case Constant(inner, score):
            return _Query.const_score_query(translate(inner, schema), score)
        case Everything():
            return _Query.all_query()
        case Nothing():
            return _Query.empty_query()
        case _:
            assert_never(clause)


def only(schema: tantivy.Schema, field: str, values: Sequence[str]) -> tantivy.Query:
    """Documents with any of `values` in `field`, adding nothing to the score."""
    return _Query.const_score_query(_Query.term_set_query(schema, field, values), 0.0)


def both(*queries: tantivy.Query) -> tantivy.Query:
    """Documents that all of `queries` find."""
    return queries[0] if len(queries) == 1 else _Query.boolean_query([(_MUST, query) for query in queries])


def _bool(clause: Bool, schema: tantivy.Schema) -> tantivy.Query:
    parts = [(_MUST, translate(each, schema)) for each in clause.must]
    parts += [(_SHOULD, translate(each, schema)) for each in clause.should]
    if clause.never:
        # Tantivy finds nothing for a query that only says what must not be.
        if not parts:
            parts.append((_MUST, _Query.const_score_query(_Query.all_query(), 0.0)))
        parts += [(_NEVER, translate(each, schema)) for each in clause.never]
    if not parts:
        return _Query.empty_query()
    at_least = clause.at_least if clause.must else max(clause.at_least, 1 if clause.should else 0)
    return _Query.boolean_query(parts, at_least or None)


def _phrase(schema: tantivy.Schema, field: str, words: tuple[str, ...], slop: int) -> tantivy.Query:
    if not words:
        return _Query.empty_query()
    if len(words) == 1:
        return _Query.term_query(schema, field, words[0], "freq")
    return _Query.phrase_query(schema, field, list(words), slop)


def _prefix(schema: tantivy.Schema, field: str, words: tuple[str, ...]) -> tantivy.Query:
    if not words:
        return _Query.empty_query()
    if len(words) == 1:
        return _Query.fuzzy_term_query(schema, field, words[0], distance=0, prefix=True)
    return _Query.phrase_prefix_query(schema, field, list(words))
