"""What an engine is asked: a tree of frozen values that any engine can translate. Its terms are analysed already."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Documents whose `field` holds `word`, scored by BM25."""

    field: str
    word: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents whose `field` holds `words` in this order; `slop` is how many places they may be moved in all."""

    field: str
    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents whose `field` holds `words` in this order, the last of which may go on."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InFields:
    """Documents that hold a word, or several in this order, in any of `fields`, pairs of a name and what the score
    there is taken times; the last word may go on if it `goes_on`. The score is that of the best field plus `tie` times
    those of the others.

    Most of a query is made of these: one value for a dozen.
    """

    fields: tuple[tuple[str, float], ...]
    words: tuple[str, ...]
    tie: float = 0.0
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Documents whose `field` holds a word that `distance` edits turn into `word`."""

    field: str
    word: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Bool:
    """All of `must`, at least `at_least` of `should`, none of `never`; scores of `must` and `should` add up.

    Where `must` is empty, at least one of `should` has to match.
    """

    must: tuple[Clause, ...] = ()
    should: tuple[Clause, ...] = ()
    never: tuple[Clause, ...] = ()
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """Any of `clauses`: the score of the best one plus `tie` times those of the others."""

    clauses: tuple[Clause, ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Weighted:
    """`clause`, its score times `by`."""

    clause: Clause
    by: float


@dataclass(frozen=True, slots=True)
class Constant:
    """`clause`, its score always `score`."""

    clause: Clause
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Of:
    """The documents of `works`, or their passages."""

    works: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document, all alike."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


Clause = Term | Phrase | Prefix | InFields | Fuzzy | Bool | Best | Weighted | Constant | Of | Everything | Nothing
