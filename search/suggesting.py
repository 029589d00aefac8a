"""Completions of what a visitor is typing: themes and countries by the sources, titles by the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search import registry
from search.analysis import clusters, fold
from search.engines.base import EngineQuery, SearchEngine
from search.engines.clauses import Bool, Clause, Constant, Phrase, Prefix, Term
from search.fields import COMPLETE, START
from search.types import Suggestion

MOST = 10
_LONGEST = 200
_MOST_WORDS = 10
_BEGINS = 8.0
"""What counts most: that a title begins with all that was typed."""
_IN_ORDER = 4.0
_WORDS = re.compile("[a-z0-9]+")


def suggestions(engine: SearchEngine, text: str, ui: str, readers: frozenset[str]) -> Iterator[Suggestion]:
    """At most `MOST` completions of `text`: what the sources offer fills half of them if there are titles too."""
    typed = _Typed.of(text[:_LONGEST])
    if not typed.words and not typed.run:
        return
    offered = [each for source in registry.sources() for each in source.suggestions(text[:_LONGEST], ui, readers)]
    found = engine.search(EngineQuery(typed.clause, readers, ui=ui, limit=MOST)).hits
    titles = [title for hit in found if (title := _title(hit.stored["texts"], typed, ui))]
    room = max(MOST - len(titles), MOST // 2)
    yield from dict.fromkeys([*offered[:room], *titles][:MOST])


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed as the index holds titles: words of Latin letters, and the clusters of other scripts. The last
    word is `whole` if it won't go on.
    """

    words: tuple[str, ...]
    run: tuple[str, ...]
    whole: bool

    @classmethod
    def of(cls, text: str) -> _Typed:
        folded = fold(text)
        run = tuple(clusters(folded))
        return cls(tuple(_WORDS.findall(folded)[:_MOST_WORDS]), run, whole=bool(run) or text[-1:].isspace())

    @property
    def clause(self) -> Clause:
        """Titles with all the words and the whole run, best those that begin so."""
        must: list[Clause] = [Term(COMPLETE, word) for word in self.words[:-1]]
        if self.words:
            must.append(Term(COMPLETE, self.words[-1]) if self.whole else Prefix(COMPLETE, self.words[-1:]))
        if self.run:
            # An engine goes on from a phrase in some ways only, from a single term in all.
            must += [Phrase(COMPLETE, self.run[:-1])] * (len(self.run) > 1) + [Prefix(COMPLETE, self.run[-1:])]
        terms = self.words or self.run
        lifts: list[Clause] = []
        if not (self.words and self.run):
            begins = (f"{START}{terms[0]}", *(terms if len(terms) > 1 else ()))
            lifts.append(Constant(Prefix(COMPLETE, begins), _BEGINS))
            if len(terms) > 1:
                lifts.append(Constant(Prefix(COMPLETE, terms), _IN_ORDER))
        return Bool(must=tuple(must), should=tuple(lifts))

    def held(self, title: str) -> int:
        """How many of the words the title has, and one more if it has the run."""
        folded = fold(title)
        words = _WORDS.findall(folded)
        held = sum(any(word.startswith(wanted) for word in words) for wanted in self.words)
        return held + (bool(self.run) and "".join(self.run) in "".join(clusters(folded)))


def _title(texts: list[Mapping[str, str]], typed: _Typed, ui: str) -> Suggestion | None:
    """The title that holds what was typed: the reader's own if it does, else whichever does. None if none has all."""
    ranked = [(typed.held(text["t"]), text["l"] == ui, -at) for at, text in enumerate(texts)]
    best = max(ranked, default=(0, False, 0))
    if best[0] < len(typed.words) + bool(typed.run):
        return None
    text = texts[-best[2]]
    return Suggestion("work", text["t"], text["l"], text["u"])
