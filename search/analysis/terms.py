"""Words of a text or a query as the terms that an engine stores and looks up."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.normalise import fold_word, readable, strip_accents
from search.analysis.scripts import LANGUAGE_OF_SCRIPT, LATIN_LANGUAGES, script_of
from search.analysis.segment import cluster_places, cluster_runs, words
from search.analysis.stem import stemmer
from search.analysis.stopwords import STOP_WORDS
from search.languages import LANGUAGE_CODES

LONGEST_TERM = 64
MOST_QUERY_WORDS = 64
MOST_QUERY_CLUSTERS = 128
_QUERY_CHARACTERS = 2000

_THOUSANDS = re.compile(r"\A\d{1,3}(?:[.,]\d{3})+\Z")
_POSSESSIVE = re.compile(r"'s?\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a readable text: `term` is folded and stemmed, `plain` lacks diacritics, `start` and `end` are its
    place.
    """

    term: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class IndexTerms:
    """What an engine stores of a text, each a list of terms joined by single spaces. `plain` and `clusters` are ""
    where they would add nothing.
    """

    words: str
    plain: str
    clusters: str


@dataclass(frozen=True, slots=True)
class LanguageTerms:
    """The words of a query as `language` spells its terms. `words[i]` and `plain[i]` come from the same word."""

    language: str
    words: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A query: the words for each language that its scripts say to ask, and one phrase of grapheme clusters a run
    without spaces.
    """

    languages: tuple[LanguageTerms, ...]
    clusters: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=200_000)
def _forms(word: str, language: str) -> tuple[str, str, bool]:
    """Give (term, plain, is a stop word) of a word as written."""
    folded = fold_word(word)
    if _THOUSANDS.match(folded):
        folded = folded.replace(",", "").replace(".", "")
    script = script_of(folded[0]) if folded else ""
    stop = folded in STOP_WORDS.get(language, ())
    if script != "Latn":
        return folded[:LONGEST_TERM], folded[:LONGEST_TERM], stop
    plain = strip_accents(folded)
    stem = stemmer(language)
    if stem is None:
        return folded[:LONGEST_TERM], plain[:LONGEST_TERM], stop
    return _stemmed(folded, stem), _stemmed(plain, stem), stop


def _stemmed(word: str, stem: Callable[[str], str]) -> str:
    return (stem(_POSSESSIVE.sub("", word) or word) or word)[:LONGEST_TERM]


def word_forms(word: str, language: str) -> tuple[str, str]:
    """Give (term, plain) of one readable word of `language`."""
    term, plain, _ = _forms(word, language)
    return term, plain


def tokens(readable_text: str, language: str) -> list[Token]:
    """Give the words of a readable text that are worth finding, in order: stop words go, unless nothing else is
    there.
    """
    kept: list[Token] = []
    stopped: list[Token] = []
    for start, end in words(readable_text):
        term, plain, stop = _forms(readable_text[start:end], language)
        if term:
            (stopped if stop else kept).append(Token(term, plain, start, end))
    return kept or stopped


def clusters(readable_text: str) -> list[str]:
    """Give the folded grapheme clusters of the scripts without spaces, in order; [] where there are none."""
    return [cluster for run in cluster_runs(readable_text) for cluster in run]


def index_terms(text: str, language: str) -> IndexTerms:
    """Give what to store of `text` (as written: it is made readable here), which is in `language`."""
    text = readable(text)
    found = tokens(text, language)
    plain = " ".join([token.plain for token in found]) if any(token.plain != token.term for token in found) else ""
    return IndexTerms(
        words=" ".join([token.term for token in found]),
        plain=plain,
        clusters=" ".join([cluster for cluster, _, _ in cluster_places(text)]),
    )


def query_terms(text: str) -> QueryTerms:
    """Give the terms of a query as typed. Latin words and numbers ask every language, other words the languages of their script.

    Only the first 64 words and 128 clusters are taken, so no query is slow.
    """
    text = readable(text[:_QUERY_CHARACTERS])
    places = list(words(text))[: 2 * MOST_QUERY_WORDS]
    written: dict[str, list[str]] = {}
    for start, end in places:
        word = text[start:end]
        written.setdefault(script_of(word[0]), []).append(word)
    languages = [
        terms for language in _languages_asked(set(written)) if (terms := _language_terms(places, text, language)).words
    ]
    return QueryTerms(tuple(languages), _phrases(text))


def _languages_asked(scripts: set[str]) -> tuple[str, ...]:
    if scripts & {"Latn", ""}:
        own = tuple(LANGUAGE_OF_SCRIPT[script] for script in LANGUAGE_OF_SCRIPT if script in scripts)
        return tuple(dict.fromkeys((*own, *LATIN_LANGUAGES, *LANGUAGE_CODES)))
    return tuple(LANGUAGE_OF_SCRIPT[script] for script in LANGUAGE_OF_SCRIPT if script in scripts)


def _language_terms(places: list[tuple[int, int]], text: str, language: str) -> LanguageTerms:
    kept: dict[str, str] = {}
    stopped: dict[str, str] = {}
    for start, end in places:
        word = text[start:end]
        owner = LANGUAGE_OF_SCRIPT.get(script_of(word[0]))
        if owner is not None and owner != language:
            continue
        term, plain, stop = _forms(word, language)
        if term:
            (stopped if stop else kept).setdefault(term, plain)
    chosen = list((kept or stopped).items())[:MOST_QUERY_WORDS]
    return LanguageTerms(language, tuple(term for term, _ in chosen), tuple(plain for _, plain in chosen))


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    left = MOST_QUERY_CLUSTERS
    phrases: dict[tuple[str, ...], None] = {}
    for run in cluster_runs(text):
        if left <= 0:
            break
        phrases.setdefault(run[:left])
        left -= len(run)
    return tuple(phrases)
