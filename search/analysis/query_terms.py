"""A query as the terms to look up, language by language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from search.analysis.detect import detect_language
from search.analysis.grams import cluster_grams
from search.analysis.normalise import fold_word, readable
from search.analysis.scripts import LANGUAGE_OF_SCRIPT, LATIN_LANGUAGES, script_of
from search.analysis.segment import cluster_runs, words
from search.analysis.stopwords import INTERROGATIVES
from search.analysis.terms import WordForms, word_forms
from search.languages import LANGUAGE_CODES

MOST_WORDS = 64
MOST_CLUSTERS = 128
MOST_GRAMS = 96
_MOST_CHARACTERS = 2_000
_LONGEST_PHRASE = 32
_SENTENCE = 4
"""From so many Latin words on, a query tells its language."""


@dataclass(frozen=True, slots=True)
class LanguageTerms:
    """A query as `language` spells its terms.

    `words` are distinct terms, stop words left out; `plain[i]` is the word of `words[i]` as written, without
    diacritics. `phrase` is the whole query as written, in order and with stop words, for a phrase query on the field
    `plain` (on the field `words`, without stop words, in languages whose texts have no `plain`). `grams` are for
    ranking alone, and only in a language that is likely.
    """

    language: str
    words: tuple[str, ...]
    plain: tuple[str, ...]
    phrase: tuple[str, ...] = ()
    grams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A query: terms for each language to ask, the likeliest first, and one phrase of grapheme clusters a run
    without spaces. `interrogative` queries say "what", "how many" or the like in the language that they are in.
    """

    languages: tuple[LanguageTerms, ...]
    clusters: tuple[tuple[str, ...], ...]
    interrogative: bool = False


def query_terms(text: str, known_in: Collection[str] = ()) -> QueryTerms:
    """Give the terms of a query as typed; `known_in` are the languages that it is in, if that is known.

    Latin words and numbers ask every language, other words the language of their script.
    Only the first 64 words and 128 clusters are taken, so that no query is slow.
    """
    text = readable(text[:_MOST_CHARACTERS])
    written = [text[start:end] for start, end in words(text)][: 2 * MOST_WORDS]
    phrases = _phrases(text)
    asked, likely = _languages(written)
    spoken = tuple(known_in) or (likely if len(likely) == 1 else ())
    noise = frozenset(word for word in written if spoken and all(word_forms(word, each).stop for each in spoken))
    terms = [_language_terms(written, language, noise, phrases if language in likely else None) for language in asked]
    return QueryTerms(tuple(found for found in terms if found.words), phrases, _asks(written, likely))


def _asks(written: list[str], likely: tuple[str, ...]) -> bool:
    """Whether a word asks. Of a query that might be in many languages nobody knows: "apa" is a word of several."""
    folded = {fold_word(word) for word in written}
    return len(likely) == 1 and not folded.isdisjoint(INTERROGATIVES[likely[0]])


def _languages(written: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the languages to ask, the likeliest first, and those that the query is probably in."""
    scripts = {script_of(word[0]) for word in written}
    own = tuple(language for script, language in LANGUAGE_OF_SCRIPT.items() if script in scripts)
    latin = [word for word in written if script_of(word[0]) == "Latn"]
    if own:
        return (tuple(dict.fromkeys((*own, *LANGUAGE_CODES))) if scripts & {"Latn", ""} else own), own
    likely = (detect_language(" ".join(latin)),) if len(latin) >= _SENTENCE else LATIN_LANGUAGES
    return tuple(dict.fromkeys((*likely, *LATIN_LANGUAGES, *LANGUAGE_CODES))), likely


def _language_terms(
    written: list[str], language: str, noise: frozenset[str], phrases: tuple[tuple[str, ...], ...] | None
) -> LanguageTerms:
    own = [word for word in written if LANGUAGE_OF_SCRIPT.get(script_of(word[0]), language) == language]
    pairs = [(word, forms) for word in own if (forms := word_forms(word, language)).term]
    found = [forms for _, forms in pairs]
    kept = [forms for forms in found if not forms.stop]
    # What the query's own language says without meaning would be a rare and telling word in the texts of another.
    told = [forms for word, forms in pairs if not forms.stop and word not in noise] or kept or found
    distinct = list({forms.term: forms for forms in reversed(told)}.values())[::-1][:MOST_WORDS]
    in_order = found if language in LATIN_LANGUAGES else kept or found
    return LanguageTerms(
        language,
        words=tuple(forms.term for forms in distinct),
        plain=tuple(forms.plain for forms in distinct),
        phrase=tuple(forms.plain for forms in in_order[:_LONGEST_PHRASE]),
        grams=() if phrases is None else _grams(distinct, phrases),
    )


def _grams(found: list[WordForms], phrases: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    pieces = [piece for forms in found for piece in forms.grams.split()]
    pieces += [piece for phrase in phrases for piece in cluster_grams(list(phrase))]
    return tuple(dict.fromkeys(pieces))[:MOST_GRAMS]


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    left = MOST_CLUSTERS
    phrases: dict[tuple[str, ...], None] = {}
    for run in cluster_runs(text):
        if left <= 0:
            break
        phrases.setdefault(run[:left])
        left -= len(run)
    return tuple(phrases)
