"""Words that the library doesn't know, put right by words that it does: those of titles, summaries and labels first,
then those of its texts.

Only what the reader may see is looked at: typos are never answered with a word of a work that is kept from them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from search.analysis import fold, readable, tokens, word_places
from search.concepts import ConceptTable
from search.edits import distance
from search.engines.base import EngineQuery, SearchEngine
from search.engines.clauses import Best, Bool, Clause, Constant, Fuzzy, Term
from search.fields import PARTS, PASSAGE, field_name
from search.languages import LANGUAGES
from search.ranking import understand, works_clause

MOST = 3
"""Corrections of one query."""

_LATIN = tuple(language.code for language in LANGUAGES if language.script == "Latn")
_WRITTEN = tuple(
    field_name(part, language.code, "plain" if language.script == "Latn" else "words")
    for part in PARTS
    for language in LANGUAGES
)
"""The fields that hold words as they are written."""
_LONGEST_QUERY = 300
_MOST_WORDS = 6
_SHORTEST = 3
_SURE = 4
"""A shorter word is put right only if the library has it beside the same neighbour: it is like too many others."""
_LONG = 8
"""A word of so many letters may hold two mistakes."""
_LONGEST_WORD = 40
_ENDS = 2
"""Letters at each end of a word by which languages make forms of it."""
_SAMPLE = 20
"""Works, those that hold most of the query's other words, of which the texts are looked through."""
_COMPARED = 5
_EXCLUDED = re.compile(r"(?<!\S)-(?:\"[^\"]*\"|\S+)|(?<!\S)title:|\bOR\b")


_Place = tuple[str, str, str]
"""How a word is written in a text, in small letters, and its neighbours, folded; "" where it has none."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query: where it stands, as written and folded, and its neighbours, folded. `inside`: all that can
    be wrong is its middle, for its stem is right.
    """

    start: int
    end: int
    written: str
    plain: str
    before: str
    after: str
    inside: bool = False


@dataclass(slots=True)
class _Candidate:
    """A word of the library: how it is written, in how many places, and in how many beside the same neighbour."""

    plain: str
    edits: int
    written: Counter[str] = field(default_factory=Counter)
    beside: int = 0


class Speller:
    """Puts queries of one reader right. `engine` is asked for all that it says."""

    def __init__(self, engine: SearchEngine, table: ConceptTable, readers: frozenset[str]) -> None:
        self._engine = engine
        self._table = table
        self._readers = readers

    def corrections(self, text: str) -> tuple[str, ...]:
        """The query with the words that the library doesn't know put right, the likeliest first, at most `MOST`; () if
        there is nothing to put right, or nothing like it. What is right stays as typed.
        """
        text = readable(text[: _LONGEST_QUERY + 1]).strip()
        if len(text) > _LONGEST_QUERY:
            return ()
        words = list(_words(text))
        unknown = [word for each in words[:_MOST_WORDS] if (word := self._unless_right(each))]
        likely: dict[_Word, list[str]] = {}
        settled: dict[str, str] = {}
        for word in unknown:
            # What the word before was meant to be tells more of this one than what was typed.
            found = self._likely(replace(word, before=settled.get(word.before, word.before)), words)
            if found:
                likely[word] = found
                settled[word.plain] = _plain(found[0])
        if not likely:
            return ()
        best = {word: found[0] for word, found in likely.items()}
        others = [{**best, word: other} for word, found in likely.items() for other in found[1:]]
        return tuple(dict.fromkeys(_replaced(text, each) for each in (best, *others)))[:MOST]

    def _unless_right(self, word: _Word) -> _Word | None:
        """The word, if the library doesn't know it, or only its stem: "insurence" has that of "insurance"."""
        if not self._works_with(word.written):
            return word
        if word.plain in _label_words(self._table).get(len(word.plain), {}):
            return None
        written = Best(tuple(Term(name, word.plain) for name in _WRITTEN))
        found = self._engine.search(EngineQuery(written, self._readers, limit=0)).total
        return None if found else replace(word, inside=True)

    def _works_with(self, word: str) -> int:
        """How many works hold the word in any form, or are about what it names."""
        clause = works_clause(understand(word, self._table), share=False)
        return self._engine.search(EngineQuery(clause, self._readers, limit=0)).total

    def _likely(self, word: _Word, words: Sequence[_Word]) -> list[str]:
        """What the word may have been meant to be, written as the library writes it, the likeliest first."""
        for edits in range(1, 2 + (len(word.plain) >= _LONG)):
            found = self._from_labels(word, edits)
            self._from_titles(word, words, edits, found)
            if not found:
                self._from_texts(word, edits, found)
            beside = {plain: each for plain, each in found.items() if each.beside}
            if beside or len(word.plain) < _SURE:
                found = beside
            if found:
                break
        else:
            return []
        nearest = sorted(found.values(), key=lambda each: (*_rank(word, each), -each.written.total()))[:_COMPARED]
        counted = [(*_rank(word, each), -self._works_with(each.plain), _form(word, each)) for each in nearest]
        return [form for *_rank, form in sorted(counted)]

    def _from_labels(self, word: _Word, edits: int) -> dict[str, _Candidate]:
        found: dict[str, _Candidate] = {}
        by_length = _label_words(self._table)
        for length in range(len(word.plain) - edits, len(word.plain) + edits + 1):
            _gather(found, word, edits, by_length.get(length, {}))
        return found

    def _from_titles(self, word: _Word, words: Sequence[_Word], edits: int, found: dict[str, _Candidate]) -> None:
        alike = _alike(("title", "summary"), word, edits)
        others = " ".join(other.written for other in words if other.plain != word.plain)
        lift = (works_clause(understand(others, self._table), share=False),) if others else ()
        clause = Bool(must=(Constant(alike, 1.0),), should=lift)
        for hit in self._engine.search(EngineQuery(clause, self._readers, limit=_SAMPLE)).hits:
            for text in hit.stored["texts"]:
                _gather(found, word, edits, _places(f"{text['t']}\n{text['s']}", text["l"]))

    def _from_texts(self, word: _Word, edits: int, found: dict[str, _Candidate]) -> None:
        alike = _alike(("body", "files"), word, edits)
        hits = self._engine.search(EngineQuery(alike, self._readers, limit=_SAMPLE)).hits
        for hit in hits:
            for text in hit.stored["texts"]:
                _gather(found, word, edits, _places(text["b"], text["l"]))
        passages = self._engine.passages(
            _alike((PASSAGE,), word, edits), [hit.work for hit in hits], self._readers, MOST
        )
        for places in passages.values():
            for place in places:
                _gather(found, word, edits, _places(place.stored["t"], place.stored["l"]))


def _words(text: str) -> Iterator[_Word]:
    """The words of Latin letters that are asked for: none that is excluded, no operator."""
    left_out = [found.span() for found in _EXCLUDED.finditer(text)]
    places = [
        (start, end, _plain(text[start:end]))
        for start, end in word_places(text)
        if not any(first <= start < last for first, last in left_out)
    ]
    plain = ["", *(plain for _start, _end, plain in places), ""]
    for at, (start, end, word) in enumerate(places):
        if word.isascii() and word.isalpha() and _SHORTEST <= len(word) <= _LONGEST_WORD:
            yield _Word(start, end, text[start:end], word, plain[at], plain[at + 2])


@lru_cache(maxsize=10_000)
def _plain(word: str) -> str:
    return fold(word).removesuffix("'s").removesuffix("'")


def _alike(parts: Iterable[str], word: _Word, edits: int) -> Clause:
    """Works, or passages, that hold a word so many edits away in any of `parts`."""
    fields = [field_name(part, language, "plain") for part in parts for language in _LATIN]
    return Best(tuple(Fuzzy(name, word.plain, edits) for name in fields))


def _gather(found: dict[str, _Candidate], word: _Word, most: int, words: Mapping[str, Sequence[_Place]]) -> None:
    """Add those of `words` that are like `word`."""
    for plain, places in words.items():
        if plain == word.plain or not plain.isalpha() or len(plain) < _SHORTEST:
            continue
        edits = distance(word.plain, plain, most)
        # Hardly anybody mistakes the first letter and another one.
        if edits > most or (edits > 1 and plain[0] != word.plain[0]):
            continue
        if word.inside and not _is_same_word(word.plain, plain):
            continue
        candidate = found.setdefault(plain, _Candidate(plain, edits))
        for written, before, after in places:
            candidate.written[written] += 1
            candidate.beside += bool((before and before == word.before) or (after and after == word.after))


@lru_cache(maxsize=10_000)
def _is_same_word(typed: str, written: str) -> bool:
    """Whether two words have one stem, and neither is the other with another beginning or end, as "worker" and
    "workers" are.
    """
    if typed[:_ENDS] != written[:_ENDS] or typed[-_ENDS:] != written[-_ENDS:]:
        return False
    return any(
        [each.term for each in tokens(typed, code)] == [each.term for each in tokens(written, code)] for code in _LATIN
    )


def _places(text: str, language: str) -> dict[str, list[_Place]]:
    """Where the words of a text stand, by word as it is folded; none in a script without spaces."""
    found: dict[str, list[_Place]] = {}
    if language in _LATIN and text:
        text = readable(text)
        words = tokens(text, language)
        plain = ["", *(each.plain for each in words), ""]
        for at, each in enumerate(words):
            place = (text[each.start : each.end].lower(), plain[at], plain[at + 2])
            found.setdefault(each.plain, []).append(place)
    return found


@lru_cache(maxsize=2)
def _label_words(table: ConceptTable) -> dict[int, dict[str, list[_Place]]]:
    """The words of all labels by their length: thousands of labels are looked through at each typo."""
    found: dict[int, dict[str, list[_Place]]] = {}
    for by_language in table.labels.values():
        for language in _LATIN:
            for label in by_language.get(language, ()):
                for plain, places in _places(label, language).items():
                    found.setdefault(len(plain), {}).setdefault(plain, []).extend(places)
    return found


def _rank(word: _Word, candidate: _Candidate) -> tuple[int, bool, int]:
    """What tells candidates apart before how often they are written; the smaller, the likelier."""
    form, typed = _form(word, candidate).lower(), word.written.lower()
    # Who types diacritics means them, even if some are wrong.
    marks = 0 if typed.isascii() else distance(typed, form, _LONGEST_WORD)
    return candidate.edits, candidate.plain[0] != word.plain[0], marks


def _form(word: _Word, candidate: _Candidate) -> str:
    """The candidate as the library writes it most often, in capitals as the word was typed."""
    form = max(candidate.written.items(), key=lambda each: (each[1], each[0]))[0]
    if _plain(form) != candidate.plain:
        form = candidate.plain
    if len(word.written) > 1 and word.written.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if word.written[:1].isupper() else form


def _replaced(text: str, words: Mapping[_Word, str]) -> str:
    for word in sorted(words, key=lambda each: -each.start):
        text = text[: word.start] + words[word] + text[word.end :]
    return text
