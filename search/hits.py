"""What an engine found, as hits that suit their reader: the right version of a work, marked, with the reason why it is
there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import islice
from typing import Any

from search.analysis import mark
from search.concepts import ConceptTable
from search.engines.base import EngineHit, SearchEngine
from search.engines.clauses import Bool, Clause, Nothing
from search.fields import FILE, file_kind, text_kind
from search.ranking import (
    ENOUGH_WORDS,
    Asked,
    fit_clause,
    fits,
    label_terms,
    labels_clause,
    marked_terms,
    of_kinds,
    passages_clause,
)
from search.types import Hit, MarkedPassage, Match, SearchQuery

PASSAGES = 3
"""Passages shown of a hit."""

_CANDIDATES = 12
"""Passages looked at to find these: a page may come in several parts and languages."""
_SNIPPET = 220
_TITLE = 400
_Terms = tuple[frozenset[str], frozenset[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit on its way: the version chosen (`text`), how well each language fits, and the concepts that it
    shares.
    """

    hit: EngineHit
    text: Mapping[str, str]
    by_language: Mapping[str, int]
    concepts: tuple[str, ...]

    @property
    def only_concepts(self) -> bool:
        return bool(self.concepts) and not self.by_language


class HitBuilder:
    """Builds the hits of one query. `engine` is asked only for what is on screen."""

    def __init__(self, engine: SearchEngine, asked: Asked, query: SearchQuery, table: ConceptTable) -> None:
        self._engine = engine
        self._asked = asked
        self._query = query
        self._table = table
        self._terms: dict[tuple[str, tuple[str, ...]], _Terms] = {}

    def hits(self, found: Sequence[EngineHit]) -> tuple[Hit, ...]:
        chosen = self._chosen(found)
        passages = self._file_passages(chosen)
        snippets = self._snippets(chosen)
        return tuple(self._hit(each, passages.get(each.hit.work, ()), snippets[each.hit.work]) for each in chosen)

    # --- Which version, and why ---------------------------------------------

    def _chosen(self, found: Sequence[EngineHit]) -> list[_Found]:
        asked_about = self._asked.concepts
        near = {each for concepts in self._asked.near.values() for each in concepts}
        shared = {
            hit.work: tuple(concept for concept in hit.stored["concepts"] if concept in asked_about)
            or tuple(concept for concept in hit.stored["concepts"] if concept in near)[:1]
            for hit in found
        }
        known = self._fits(found, shared)
        return [
            _Found(hit, self._version(hit.stored["texts"], known[hit.work]), known[hit.work], shared[hit.work])
            for hit in found
        ]

    def _fits(self, found: Sequence[EngineHit], shared: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
        """How well each language of each work fits. One in a single language, without a concept, can only fit
        in that.
        """
        known: dict[str, dict[str, int]] = {hit.work: {} for hit in found}
        unsure: list[str] = []
        languages: set[str] = set()
        for hit in found if not self._asked.is_empty else ():
            own = [text["l"] for text in hit.stored["texts"]]
            if shared[hit.work] or len(own) > 1:
                unsure.append(hit.work)
                # Whether a work that shares a concept also holds words is told by its files, too.
                quoted = [language for text in hit.stored["texts"] for language in text["q"]]
                languages.update(hit.stored["languages"] if shared[hit.work] else (*own, *quoted))
            else:
                known[hit.work] = dict.fromkeys(own, ENOUGH_WORDS)
        if unsure:
            order = sorted(languages)
            for work, score in self._engine.scores(fit_clause(self._asked, order), unsure).items():
                known[work] = fits(score, order)
        return known

    def _version(self, texts: Sequence[Mapping[str, str]], known: Mapping[str, int]) -> Mapping[str, str]:
        """The language asked in, else the interface's, else English, else the first; of those chosen as a facet, if
        any.
        """
        if not texts:
            return {"l": self._query.ui, "t": "", "s": "", "b": "", "k": "", "u": ""}
        wanted = self._query.filters.get("language", ())
        by_language = {text["l"]: text for text in reversed(texts) if not wanted or text["l"] in wanted} or {
            text["l"]: text for text in reversed(texts)
        }
        # A text that quotes what was asked in another script fits as well as one in its language, if there is none.
        fit = {
            language: max(known.get(each, 0) for each in (language, *text["q"]))
            for language, text in by_language.items()
        }
        best = max(fit.values(), default=0)
        fitting = [language for language in by_language if best and fit[language] == best]
        likely = [terms.language for terms in self._asked.terms.languages if terms.language in fitting]
        order = (self._query.ui, *likely) if not fitting or self._query.ui in fitting else (*likely, *fitting)
        return next(
            (by_language[language] for language in (*order, "en") if language in by_language),
            next(text for text in texts if text["l"] in by_language),
        )

    # --- What to show of it -------------------------------------------------

    def _hit(self, found: _Found, passages: tuple[EngineHit, ...], snippet: tuple[str, str]) -> Hit:
        stored, text = found.hit.stored, found.text
        return Hit(
            work=found.hit.work,
            key=text["k"],
            url=text["u"],
            language=text["l"],
            languages=tuple(each["l"] for each in stored["texts"]),
            title=text["t"],
            title_html=_marked_text(text["t"], text["l"], self._marked(found, text["l"]), _TITLE),
            snippet_html=snippet[0],
            snippet_language=snippet[1],
            score=found.hit.score,
            matched=self._reasons(found),
            facets={name: tuple(values) for name, values in stored["facets"].items()},
            card=stored["card"],
            date=date.fromisoformat(stored["date"]),
            concepts=tuple(
                (self._table.label(each, self._query.ui), self._table.label(each, text["l"])) for each in found.concepts
            ),
            passages=tuple(marked_passage(each.stored, self._marked(found, each.stored["l"])) for each in passages),
        )

    def _reasons(self, found: _Found) -> tuple[Match, ...]:
        if self._asked.is_empty:
            return ()
        reasons = (Match.TEXT,) if found.by_language or not found.concepts else ()
        return (*reasons, Match.CONCEPT) if found.concepts else reasons

    def _snippets(self, chosen: Sequence[_Found]) -> dict[str, tuple[str, str]]:
        """(html, language) by work: the summary if it holds what was sought, else the best part of the text, else the
        summary.
        """
        snippets: dict[str, tuple[str, str]] = {}
        unmarked: list[_Found] = []
        for found in chosen:
            language = found.text["l"]
            html = _marked_text(found.text["s"], language, self._marked(found, language), _SNIPPET)
            snippets[found.hit.work] = (html, language)
            if "<mark>" not in html and found.text["b"]:
                inside = _marked_text(found.text["b"], language, self._marked(found, language), _SNIPPET)
                snippets[found.hit.work] = (inside if "<mark>" in inside or not html else html, language)
            elif "<mark>" not in html and text_kind(language) in found.hit.stored["kinds"]:
                unmarked.append(found)
        passages = self._passages(unmarked, lambda each: text_kind(each.text["l"]), 1)
        for found in unmarked:
            if found.hit.work in passages:
                inside, language = passages[found.hit.work][0].stored["t"], found.text["l"]
                html = _marked_text(inside, language, self._marked(found, language), _SNIPPET)
                snippets[found.hit.work] = (html, language)
        return snippets

    def _file_passages(self, chosen: Sequence[_Found]) -> dict[str, tuple[EngineHit, ...]]:
        """The best places of each work's files, one a page or cue: those in the reader's language before those in that
        of the version shown, and these before all others. The same page in another language is not shown again.
        """
        having = [each for each in chosen if FILE in each.hit.stored["kinds"]]
        reader = file_kind(self._query.ui)
        found = self._passages(
            having,
            lambda _each: FILE,
            _CANDIDATES,
            first=(lambda each: file_kind(each.text["l"]), lambda _each: reader),
        )
        return {work: tuple(islice(_one_a_place(hits), PASSAGES)) for work, hits in found.items()}

    def _passages(
        self,
        chosen: Sequence[_Found],
        kind: Callable[[_Found], str],
        limit: int,
        *,
        first: Sequence[Callable[[_Found], str]] = (),
    ) -> dict[str, tuple[EngineHit, ...]]:
        """The best passages of each work, of the kind that it gives; those of a kind in `first` before all others, and
        of the later ones in it before these.
        """
        if self._asked.is_empty:
            return {}
        by_text = [each for each in chosen if not each.only_concepts]
        by_concept = [each for each in chosen if each.only_concepts]
        languages = {language for each in by_text for language in each.hit.stored["languages"]}
        wanted = [
            of_kinds(clause, _by(kind, works), [_by(each, works) for each in first])
            for works, clause in (
                (by_text, passages_clause(self._asked, languages) if by_text else Nothing()),
                (by_concept, self._labels_clause({concept for each in by_concept for concept in each.concepts})),
            )
            if works
        ]
        # One question for all: each costs an engine on a server the way there and back.
        match = wanted[0] if len(wanted) == 1 else Bool(should=tuple(wanted))
        works = [each.hit.work for each in chosen]
        return dict(self._engine.passages(match, works, self._query.readers, limit)) if works else {}

    def _labels_clause(self, concepts: Collection[str]) -> Clause:
        return labels_clause(
            [
                (language, label)
                for concept in sorted(concepts)
                for language, labels in self._table.labels.get(concept, {}).items()
                for label in labels
            ]
        )

    def _marked(self, found: _Found, language: str) -> _Terms:
        """What to mark in a text of `language`: the query's words and, for a hit by concept alone, the
        concept's names.
        """
        concepts = found.concepts if found.only_concepts else ()
        key = (language, concepts)
        if key not in self._terms:
            words, runs = marked_terms(self._asked, language)
            for concept in concepts:
                more = label_terms(self._table.labels.get(concept, {}).get(language, ()), language)
                words, runs = words | more[0], runs | more[1]
            self._terms[key] = (words, runs)
        return self._terms[key]


def _by(kind: Callable[[_Found], str], found: Sequence[_Found]) -> dict[str, list[str]]:
    """Works by the kind that each gives."""
    works: dict[str, list[str]] = defaultdict(list)
    for each in found:
        works[kind(each)].append(each.hit.work)
    return works


def _one_a_place(hits: Iterable[EngineHit]) -> Iterator[EngineHit]:
    """The best passage of each page or cue, in the first language that has it: files in several languages are taken
    for translations, two in one language for different texts. Of hits that nobody asks for nothing is read.
    """
    told: set[tuple[Any, ...]] = set()
    languages: dict[tuple[Any, ...], str] = {}
    for hit in hits:
        start = hit.stored.get("s")
        place = (hit.stored.get("p"), None if start is None else int(start))
        passage = (hit.stored.get("f"), hit.stored.get("p"), start)
        if languages.setdefault(place, hit.stored["l"]) == hit.stored["l"] and passage not in told:
            told.add(passage)
            yield hit


def _marked_text(text: str, language: str, terms: _Terms, longest: int) -> str:
    """The part of a text that holds most of what was sought, marked; one that fits whole has nothing to be
    looked for.
    """
    if not any(terms) and len(text) <= longest:
        return escape(text)
    return mark(text, language, *terms, max_chars=longest)


def marked_passage(stored: Mapping[str, Any], terms: _Terms) -> MarkedPassage:
    """A passage as an engine stores it, marked."""
    return MarkedPassage(
        file=stored.get("f", ""),
        language=stored["l"],
        url=stored.get("u", ""),
        html=_marked_text(stored["t"], stored["l"], terms, _SNIPPET),
        page=stored.get("p"),
        start=stored.get("s"),
    )
