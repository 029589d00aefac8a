"""What a query finds, step by step: works that hold it, else some of its words, else something like them; and what may
have been meant instead.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search import registry, similar
from search.concepts import ConceptTable
from search.engines.base import EngineQuery, EngineResults, SearchEngine
from search.engines.clauses import Best, Clause
from search.engines.patience import patience
from search.errors import IndexUnavailable
from search.query import without_quotes
from search.ranking import Asked, understand, works_clause
from search.spelling import Speller
from search.types import SearchQuery
from search.weights import WEIGHTS

logger = logging.getLogger(__name__)

HELP_SECONDS = 0.5
"""How long suggestions may take of an engine that answers over a network: they need many questions."""
FEW = 3
"""A query that finds fewer works than this may have been mistyped."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and what it answers: `asked` is what to mark. `exact` works hold all of the query; `any_word` and
    `fuzzy` say what had to be enough (see `SearchResults`). `shut_out`: there are works, only not among those chosen.
    """

    asked: Asked
    results: EngineResults
    exact: int
    any_word: bool = False
    fuzzy: bool = False
    shut_out: bool = False
    suggestions: tuple[str, ...] = ()


def find(engine: SearchEngine, query: SearchQuery, table: ConceptTable) -> Found:
    """The works that answer `query` best, a page of them, with counts. Raises `IndexUnavailable`."""
    finder = _Finder(engine, query, table)
    found = finder.as_written()
    if found.asked.is_empty or found.exact >= FEW:
        return found
    try:
        with patience(HELP_SECONDS):
            return _helped(finder, found)
    except IndexUnavailable as error:
        # Help that takes too long is left out: the answer itself is there.
        logger.info("A query got no suggestions. %s", error)
        return found


def _helped(finder: _Finder, found: Found) -> Found:
    """With corrections of a query that finds little, and works that hold what is like it if it finds nothing."""
    engine, query, table = finder.engine, finder.query, finder.table
    runs = similar.similar_runs(engine, found.asked, table, query.readers)
    corrections = Speller(engine, table, query.readers).corrections(query.text)
    suggestions = finder.that_find_more(found, runs if similar.is_one_run(found.asked) else corrections)
    if not found.results.total and not found.shut_out:
        found = finder.similar(found, dict.fromkeys([*suggestions, *runs]))
    if not found.exact and not suggestions:
        # Who asks for words exactly as written may do with the words; he is asked, not answered with less.
        suggestions = finder.that_find_more(found, {without_quotes(query.text)} - {query.text})
    return replace(found, suggestions=tuple(suggestions))


class _Finder:
    def __init__(self, engine: SearchEngine, query: SearchQuery, table: ConceptTable) -> None:
        self.engine = engine
        self.query = query
        self.table = table

    def as_written(self) -> Found:
        """Works that hold all that is asked; if these are too few, those with any of its words."""
        asked = understand(self.query.text, self.table)
        results = self._page(None if asked.is_empty else works_clause(asked))
        exact = results.total
        if asked.is_empty or exact >= asked.enough:
            return Found(asked, results, exact)
        if self.query.filters and self._count(works_clause(asked), filtered=False) >= asked.enough:
            # There are answers, only not among what was chosen: to say so helps more than worse answers.
            return Found(asked, results, exact, shut_out=True)
        if not asked.loose.languages:
            return Found(asked, results, exact)
        any_word = works_clause(asked, share=False)
        results = self._page(any_word)
        shut_out = not results.total and bool(self.query.filters) and self._count(any_word, filtered=False) > 0
        return Found(asked, results, exact, any_word=bool(results.total and not exact), shut_out=shut_out)

    def that_find_more(self, found: Found, corrections: Iterable[str]) -> list[str]:
        """Those of `corrections` of the query that find more than it does, among what was chosen."""
        better = []
        for text in corrections:
            asked = understand(text, self.table)
            exact = self._count(works_clause(asked))
            if not exact and not found.exact:
                exact = self._count(works_clause(asked, share=False)) - found.results.total
            if exact > found.exact:
                better.append(text)
        return better

    def similar(self, found: Found, texts: Iterable[str]) -> Found:
        """Works with any of `texts`, which are like the query; what was found, if there are none."""
        alternatives = [understand(text, self.table) for text in texts]
        for share in (True, False) if alternatives else ():
            clauses = tuple(works_clause(asked, share=share) for asked in alternatives)
            results = self._page(Best(clauses, WEIGHTS.languages_tie))
            if results.total:
                return Found(similar.one_of(alternatives), results, 0, fuzzy=True)
        return found

    def _page(self, match: Clause | None) -> EngineResults:
        query = self.query
        return self.engine.search(
            EngineQuery(
                match=match,
                readers=query.readers,
                filters=query.filters,
                facets=tuple(registry.facets()),
                sort=query.sort,
                ui=query.ui,
                offset=(query.page - 1) * query.page_size,
                limit=query.page_size,
            )
        )

    def _count(self, match: Clause, *, filtered: bool = True) -> int:
        filters = self.query.filters if filtered else {}
        return self.engine.search(EngineQuery(match, self.query.readers, filters, limit=0)).total
