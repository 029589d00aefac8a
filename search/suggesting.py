"""Completions of what a visitor is typing: themes and countries by the sources, titles by the index; and help for
typos.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search import registry
from search.analysis import clusters, fold
from search.engines.base import EngineQuery, SearchEngine
from search.engines.clauses import Bool, Clause, Fuzzy, Prefix, Term, Weighted
from search.fields import COMPLETE
from search.types import Suggestion

MOST = 10
_LONGEST = 200
_MOST_WORDS = 10
_SHORTEST_FUZZY = 4


def suggestions(engine: SearchEngine, text: str, ui: str, readers: frozenset[str]) -> Iterator[Suggestion]:
    """At most `MOST` completions of `text`: what the sources offer fills half of them if there are titles too."""
    text = text[:_LONGEST]
    clause = _completing(text)
    if clause is None:
        return
    offered = [each for source in registry.sources() for each in source.suggestions(text, ui, readers)]
    found = engine.search(EngineQuery(clause, readers, ui=ui, limit=MOST)).hits
    titles = [_title(hit.stored["texts"], text, ui) for hit in found if hit.stored["texts"]]
    room = max(MOST - len(titles), MOST // 2)
    yield from (offered[:room] + titles)[:MOST]


def similar_titles(engine: SearchEngine, text: str, ui: str, readers: frozenset[str]) -> tuple[str, ...]:
    """Titles with words like those of a query that finds nothing: each finds something."""
    words, _runs = _terms(text[:_LONGEST])
    fuzzy = tuple(Fuzzy(COMPLETE, word) for word in words if len(word) >= _SHORTEST_FUZZY)
    if not fuzzy:
        return ()
    found = engine.search(EngineQuery(Bool(should=fuzzy), readers, ui=ui, limit=3)).hits
    return tuple(_title(hit.stored["texts"], text, ui).text for hit in found if hit.stored["texts"])


def _terms(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words of Latin letters, clusters of other scripts) as the index holds those of titles."""
    folded = fold(text)
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in folded).split()
    return tuple(words[:_MOST_WORDS]), tuple(clusters(folded))


def _completing(text: str) -> Clause | None:
    words, run = _terms(text)
    must: list[Clause] = [Term(COMPLETE, word) for word in words[:-1]]
    if words:
        must.append(Term(COMPLETE, words[-1]) if text[-1:].isspace() or run else Prefix(COMPLETE, words[-1:]))
    if run:
        must.append(Prefix(COMPLETE, run))
    if not must:
        return None
    # Words in the order typed come first.
    lift = (Weighted(Prefix(COMPLETE, words), 2.0),) if len(words) > 1 and not run else ()
    return Bool(must=tuple(must), should=lift)


def _title(texts: list[Mapping[str, str]], typed: str, ui: str) -> Suggestion:
    """The title that holds what was typed: the reader's own if it does, else whichever does."""
    words, run = _terms(typed)

    def rank(text: Mapping[str, str]) -> tuple[int, bool]:
        folded = fold(text["t"])
        return sum(word in folded for word in words) + ("".join(run) in folded), text["l"] == ui

    best = max(texts, key=rank)
    return Suggestion("work", best["t"], best["l"], best["u"])
