"""Words of a text or a query as the terms that an engine stores and looks up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.grams import cluster_grams, word_grams
from search.analysis.normalise import fold_word, readable, strip_accents
from search.analysis.scripts import LATIN_LANGUAGES, UNSPACED, script_of
from search.analysis.segment import ALPHANUMERIC, cluster_runs, pieces, stored_clusters, words
from search.analysis.stem import stem
from search.analysis.stopwords import STOP_WORDS

LONGEST_TERM = 64
_THOUSANDS = re.compile(r"\A\d{1,3}(?:[.,]\d{3})+\Z")
_POSSESSIVE = re.compile(r"'s?\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a readable text: `term` is folded and stemmed, `plain` is folded, as written, without diacritics.

    `start` and `end` are its place in the readable text, in code points.
    """

    term: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class IndexTerms:
    """What an engine stores of a text: lists of terms joined by single spaces, for fields that split on white space.

    `words` are stems without stop words. `plain` are all words as written, folded, without diacritics ("" in
    languages whose script has no stems and no Latin diacritics: `words` serves). `clusters` are the grapheme clusters
    of scripts without spaces ("" elsewhere), with a "." where no phrase may cross. `grams` are pieces of words, for
    ranking alone.
    """

    words: str
    plain: str
    clusters: str
    grams: str


@dataclass(frozen=True, slots=True)
class WordForms:
    """How one word is stored: see `Token` and `IndexTerms`."""

    term: str
    plain: str
    stop: bool
    grams: str


_NO_WORD = WordForms("", "", stop=True, grams="")


@lru_cache(maxsize=200_000)
def word_forms(word: str, language: str) -> WordForms:
    """Give the forms of one word of a readable text in `language`; empty ones of a piece that holds no letter or
    digit.
    """
    if not ALPHANUMERIC.search(word):
        return _NO_WORD
    # Compatibility forms of spacing accents hold a space.
    folded = fold_word(word).replace(" ", "")
    if _THOUSANDS.match(folded):
        folded = folded.replace(",", "").replace(".", "")
    if not folded:
        return _NO_WORD
    stop = folded in STOP_WORDS.get(language, ())
    if script_of(folded[0]) != "Latn":
        term = folded[:LONGEST_TERM]
        return WordForms(term, term, stop, "" if UNSPACED.match(term) else word_grams(term))
    plain = strip_accents(_POSSESSIVE.sub("", folded) or folded)[:LONGEST_TERM]
    term = (stem(folded, language) or folded)[:LONGEST_TERM]
    return WordForms(term, plain, stop, word_grams(plain))


def tokens(readable_text: str, language: str) -> list[Token]:
    """Give the words of a readable text that are worth finding, in order: stop words go, unless nothing else is
    there.
    """
    kept: list[Token] = []
    stopped: list[Token] = []
    for start, end in words(readable_text):
        forms = word_forms(readable_text[start:end], language)
        if forms.term:
            (stopped if forms.stop else kept).append(Token(forms.term, forms.plain, start, end))
    return kept or stopped


def clusters(readable_text: str) -> list[str]:
    """Give the folded grapheme clusters of the scripts without spaces, in order; [] where there are none."""
    return [cluster for run in cluster_runs(readable_text) for cluster in run]


def index_terms(text: str, language: str) -> IndexTerms:
    """Give what to store of `text` (as written: it is made readable here), which is in `language`."""
    return readable_terms(readable(text), language)


def readable_terms(readable_text: str, language: str, *, with_grams: bool = True) -> IndexTerms:
    """Give what to store of a readable text in `language`; `grams` are "" where they are not wanted."""
    found = [forms for piece in pieces(readable_text) if (forms := word_forms(piece, language)).term]
    kept = [forms for forms in found if not forms.stop] or found
    cluster_list = stored_clusters(readable_text)
    grams: list[str] = []
    if with_grams:
        grams = [forms.grams for forms in kept if forms.grams]
        if cluster_list:
            grams += cluster_grams(cluster_list)
    return IndexTerms(
        words=" ".join([forms.term for forms in kept]),
        plain=" ".join([forms.plain for forms in found]) if language in LATIN_LANGUAGES else "",
        clusters=" ".join(cluster_list),
        grams=" ".join(grams),
    )
