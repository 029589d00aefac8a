"""A query as clauses: what a work must hold to be found, and what lifts it. All weights stand in `search.weights`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from search import fields
from search.analysis import LanguageTerms, QueryTerms, clusters, query_terms, readable, script_language, tokens
from search.concepts import ConceptTable, Reading, Strength, concept_term
from search.engines.clauses import Best, Bool, Clause, Constant, Everything, InFields, Nothing, Of, Term, Weighted
from search.fields import CLUSTERS, CONCEPTS, GRAM_PARTS, GRAMS, PASSAGE, field_name
from search.languages import LANGUAGE_CODES, LANGUAGES
from search.query.parse import Clause as Wanted
from search.query.parse import ParsedQuery, parse
from search.runs import query_pairs
from search.weights import WEIGHTS

_UNSPACED = frozenset(language.code for language in LANGUAGES if language.script != "Latn")
_LONGEST_RUN = 6
"""Words beyond which nobody expects a text to hold a query as one run."""

_ABOVE_ALL = 1000.0
"""More than any score by words."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of a work to look in, each with what a match there counts; `tie` is what a match beside the best adds."""

    weights: tuple[tuple[str, float], ...]
    tie: float


def _work() -> Parts:
    weights = (("title", WEIGHTS.title), ("summary", WEIGHTS.summary), ("body", WEIGHTS.body), ("files", WEIGHTS.files))
    return Parts(weights, WEIGHTS.parts_tie)


def _question() -> Parts:
    """A question's words stand anywhere in its answer: a title that has one of them says less than that of a work
    searched by name.
    """
    names = (("title", WEIGHTS.question_title), ("summary", WEIGHTS.question_summary))
    return Parts((*names, ("body", WEIGHTS.body), ("files", WEIGHTS.files)), WEIGHTS.question_tie)


_TITLE = Parts((("title", 1.0),), 0.0)
_PASSAGES = Parts(((PASSAGE, 1.0),), 0.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, understood: `terms` of all that is wanted, `loose` of the words of which a share will do; `near` are the
    concepts above and below each of those that it names.
    """

    parsed: ParsedQuery
    terms: QueryTerms
    loose: QueryTerms
    readings: tuple[Reading, ...]
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing is asked: every work is an answer."""
        return not self.parsed.text and not self.parsed.clauses

    @property
    def enough(self) -> int:
        """With fewer works than this, any one of the loose words will do."""
        return WEIGHTS.few if _is_question(self.loose) else 1

    @property
    def named_in(self) -> frozenset[str]:
        """The languages in which the query is the name of a concept, and nothing beside."""
        return frozenset(reading.language for reading in self.readings if reading.share == 1)

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts that the query names."""
        return frozenset(concept for reading in self.readings for span in reading.spans for concept in span.concepts)


def understand(text: str, table: ConceptTable) -> Asked:
    """Take a query as typed apart and analyse it. No input raises."""
    parsed = parse(text)
    terms = query_terms(parsed.text)
    readings = table.readings(terms)
    # What is the name of a concept in one language is in that one: "seguro de desemprego" holds no Vietnamese "để".
    known_in = {reading.language for reading in readings if reading.share == 1}
    if known_in:
        terms = query_terms(parsed.text, known_in)
    loose = terms if parsed.loose == parsed.text else query_terms(parsed.loose, known_in)
    named = {concept for reading in readings for span in reading.spans for concept in span.concepts}
    return Asked(parsed, terms, loose, readings, {concept: table.near.get(concept, ()) for concept in named})


def works_clause(asked: Asked, *, share: bool = True) -> Clause:
    """The works that answer a query. Without `share`, any one of its loose words is enough."""
    text = Best(tuple(_languages(asked, asked.loose, share=share)), WEIGHTS.languages_tie)
    concepts = tuple(_concepts_alone(asked))
    found = Bool(should=(text, *concepts)) if concepts else text
    if concepts and share and asked.loose.languages:
        # Of works that only share concepts, those that hold some of the words come first.
        some = Best(tuple(_wanted(each, asked.loose, _work()) for each in asked.loose.languages))
        found = Bool(must=(found,), should=(Weighted(some, WEIGHTS.some_words),))
    bound = tuple(_any_of(group) for group in asked.parsed.clauses if not group[0].exclude)
    never = tuple(_any_of(group) for group in asked.parsed.clauses if group[0].exclude)
    if not bound and not never:
        return found if text.clauses or concepts else Nothing()
    if asked.loose.languages:
        return Bool(must=(found, *bound), never=never)
    return Bool(must=bound or (Constant(Everything(), 0.0),), should=(found,) if concepts else (), never=never)


ANY_WORD = 1
"""A language in which a work holds some of what is asked."""
ENOUGH_WORDS = 2
"""A language in which it holds enough to be found for that alone; both together where it holds them as words."""


def fit_clause(asked: Asked, languages: Sequence[str]) -> Clause:
    """A clause whose score tells, by `fits`, how well a query fits a work in each of `languages`: one
    question for all.
    """
    wanted = {terms.language: terms for terms in asked.terms.languages}
    parts = _work()
    found: list[Clause] = []
    for place, language in enumerate(languages):
        if language in wanted:
            terms = wanted[language]
            words = [_word(terms, at, parts, {}) for at in range(len(terms.words))]
            found.append(Constant(Bool(should=tuple(words)), ANY_WORD * 4.0**place))
            needed = _needed(len(words), is_question=_is_question(asked.terms))
            enough = Bool(should=(Bool(should=tuple(words), at_least=needed), *_as_typed(terms, asked.terms, parts)))
            found.append(Constant(enough, ENOUGH_WORDS * 4.0**place))
    return Bool(should=tuple(found)) if found else Nothing()


def fits(score: float, languages: Sequence[str]) -> dict[str, int]:
    """By language, the sum of `ANY_WORD` and `ENOUGH_WORDS` as they hold, from the score of `fit_clause`.

    Two bits a language: a score of 24 bits is exact for 12 of them.
    """
    bits = int(score)
    return {language: fit for place, language in enumerate(languages) if (fit := bits >> 2 * place & 3)}


def passages_clause(asked: Asked, languages: Collection[str] = LANGUAGE_CODES) -> Clause:
    """Passages in `languages` with any of a query's words, best those with most of them."""
    readings = tuple(
        _wanted(terms, asked.terms, _PASSAGES) for terms in asked.terms.languages if terms.language in languages
    )
    return Best(readings, WEIGHTS.languages_tie) if readings else Nothing()


def labels_clause(labels: Sequence[tuple[str, str]]) -> Clause:
    """Passages that hold any of `labels`, pairs of language and words: where a work tells of a concept in its own
    words.
    """
    found = tuple(clause for language, label in labels for clause in _label(language, label))
    return Best(found, WEIGHTS.parts_tie) if found else Nothing()


@lru_cache(maxsize=20_000)
def _label(language: str, label: str) -> tuple[Clause, ...]:
    query = query_terms(label)
    return tuple(
        clause for terms in query.languages if terms.language == language for clause in _phrase(terms, query, _PASSAGES)
    )


Kinds = Mapping[str, Sequence[str]]
"""Works by the kind of passages that is asked of them."""


def of_kinds(clause: Clause, kinds: Kinds, first: Sequence[Kinds] = ()) -> Clause:
    """The passages of `clause` that are of the kinds asked of their works; those of kinds in `first` before all others,
    each of these before the ones that stand before it.
    """
    asked = Bool(should=tuple(_of_kind(kinds)))
    lifts = tuple(Constant(each, _ABOVE_ALL * 2**at) for at, kinds in enumerate(first) for each in _of_kind(kinds))
    return Bool(must=(clause, Constant(asked, 0.0)), should=lifts)


def _of_kind(kinds: Kinds) -> Iterator[Clause]:
    for kind, works in kinds.items():
        yield Bool(must=(Term(fields.KIND, kind), Of(tuple(works))))


def marked_terms(asked: Asked, language: str) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """What to mark in a text of `language`, and in the other scripts that it quotes: terms, and runs of clusters."""
    words = [
        word
        for terms in asked.terms.languages
        for word in (*terms.words, *terms.plain)
        if terms.language == language or (terms.language in _UNSPACED and clusters(word))
    ]
    return frozenset(words), frozenset(asked.terms.clusters)


def label_terms(labels: Sequence[str], language: str) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """What to mark of `labels` in a text of `language`."""
    words = frozenset(token.term for label in labels for token in tokens(readable(label), language))
    runs = frozenset(tuple(clusters(readable(label))) for label in labels) if language in _UNSPACED else frozenset()
    return words, frozenset(run for run in runs if run)


# --- Loose words ------------------------------------------------------------


def _languages(asked: Asked, terms: QueryTerms, *, share: bool) -> Iterator[Clause]:
    most = _most_words(terms)
    is_question = _is_question(terms)
    parts = _question() if is_question else _work()
    # Pieces of words help to tell texts apart that hold some of a question's words, in the language that it is in.
    sentence = [each.language for each in terms.languages if each.grams] if is_question else []
    if not terms.clusters and len(sentence) > 1:
        sentence = []
    for each in terms.languages:
        words = len(each.words) if not terms.clusters else most
        needed = _needed(words, is_question=is_question) if share else 1
        if share and each.language in asked.named_in:
            # A name in several words is one thing: works that hold but some of them tell of others.
            needed = max(needed, len(each.words))
        groups = [_word(each, at, parts, _covering(asked, each.language)) for at in range(len(each.words))]
        enough: list[Clause] = []
        # Of a query in two scripts a language may have too few words to be an answer by itself.
        if needed <= len(groups):
            enough.append(Bool(should=tuple(groups), at_least=needed))
        enough += _as_typed(each, terms, parts)
        if enough:
            found = enough[0] if len(enough) == 1 else Bool(should=tuple(enough))
            lifts = tuple(_lifts(each, parts, with_pieces=each.language in sentence))
            yield Bool(must=(found,), should=lifts) if lifts else found
    if share:
        yield from _quoting(terms, parts)


def _quoting(terms: QueryTerms, parts: Parts) -> Iterator[Clause]:
    """A query in several scripts, as a text holds it that quotes one in the other: each script in fields of its own."""
    scripts: list[Clause] = []
    for each in terms.languages:
        runs = [run for run in terms.clusters if script_language(run[0][0]) == each.language]
        if runs:
            words = (_word(each, at, parts, {}) for at, word in enumerate(each.words) if clusters(word))
            typed = tuple(_run(each.language, run, parts) for run in runs)
            scripts.append(Bool(should=(Bool(must=tuple(words)), Bool(must=typed))))
    spaced = [each for each in terms.languages if each.language not in _UNSPACED]
    if any(word[0].isalpha() for each in spaced for word in each.words):
        found = (Bool(must=tuple(_word(each, at, parts, {}) for at in range(len(each.words)))) for each in spaced)
        scripts.append(Best(tuple(found), WEIGHTS.languages_tie))
    if len(scripts) > 1:
        yield Bool(must=tuple(scripts))


def _most_words(terms: QueryTerms) -> int:
    return max((len(each.words) for each in terms.languages), default=0)


def _is_question(terms: QueryTerms) -> bool:
    """Whether a query asks in a sentence, whose answer need not hold all of its words: a long one, or one that says
    "what" or "how many".
    """
    return terms.interrogative or _most_words(terms) > WEIGHTS.all_words_up_to


def _needed(words: int, *, is_question: bool) -> int:
    """How many of so many words a work must hold."""
    if not is_question:
        return words
    return min(words, max(WEIGHTS.minimum_words, int(words * WEIGHTS.minimum_share)))


def _wanted(terms: LanguageTerms, query: QueryTerms, parts: Parts) -> Clause:
    """Any word or run of a query."""
    words = (_word(terms, at, parts, {}) for at in range(len(terms.words)))
    return Bool(should=(*words, *_as_typed(terms, query, parts)))


def _word(terms: LanguageTerms, at: int, parts: Parts, covering: Mapping[str, Clause]) -> Clause:
    """One word of a query in any of `parts`, best as written; or the concept that it is a part of the name of."""
    word, language = terms.words[at], terms.language
    found = [_in_any(parts, language, "words", (word,))]
    if language not in _UNSPACED:
        found.append(Weighted(_in_any(parts, language, "plain", (terms.plain[at],)), WEIGHTS.plain))
    if word in covering:
        found.append(covering[word])
    return found[0] if len(found) == 1 else Bool(should=tuple(found))


def _lifts(terms: LanguageTerms, parts: Parts, *, with_pieces: bool) -> Iterator[Clause]:
    """What only ranks: neighbours that stay together, the whole query as one run, pieces of words."""
    language = terms.language
    if with_pieces and language not in _UNSPACED:
        for pair in pairwise(terms.words):
            yield Weighted(_in_any(parts, language, "words", pair), WEIGHTS.pairs)
    if language not in _UNSPACED and 1 <= len(terms.phrase) <= _LONGEST_RUN:
        yield Weighted(_in_any(parts, language, "plain", terms.phrase), WEIGHTS.run)
    with_grams = replace(parts, weights=tuple(each for each in parts.weights if each[0] in GRAM_PARTS))
    for piece in terms.grams if with_pieces and with_grams.weights else ():
        yield Weighted(_in_any(with_grams, language, GRAMS, (piece,)), WEIGHTS.grams)


def _runs(language: str, terms: QueryTerms, parts: Parts) -> Iterator[Clause]:
    """A run of a script without spaces, exactly as typed, whatever words the dictionary makes of it."""
    for run in terms.clusters if language in _UNSPACED else ():
        yield _run(language, run, parts)


def _run(language: str, run: tuple[str, ...], parts: Parts) -> Clause:
    return Weighted(_in_any(parts, language, CLUSTERS, query_pairs(run), goes_on=len(run) == 1), WEIGHTS.clusters)


def _as_typed(terms: LanguageTerms, query: QueryTerms, parts: Parts) -> tuple[Clause, ...]:
    """All runs of a query, with the words and numbers between them: "IMF คืออะไร" isn't answered by whatever else it is
    asked of. Nothing for a language whose words stand apart.
    """
    runs = tuple(_runs(terms.language, query, parts))
    if not runs:
        return ()
    between = [at for at, word in enumerate(terms.words) if not clusters(word)]
    return (Bool(must=(*runs, *(_word(terms, at, parts, {}) for at in between))),)


def _in_any(parts: Parts, language: str, kind: str, words: tuple[str, ...], *, goes_on: bool = False) -> Clause:
    """A term, or several as a phrase, in whichever of `parts` they count most; the last may go on if it `goes_on`."""
    return InFields(_fields(parts, language, kind), words, parts.tie, goes_on)


@lru_cache(maxsize=1024)
def _fields(parts: Parts, language: str, kind: str) -> tuple[tuple[str, float], ...]:
    return tuple((field_name(part, language, kind), weight) for part, weight in parts.weights)


# --- Concepts ---------------------------------------------------------------


def _covering(asked: Asked, language: str) -> dict[str, Clause]:
    """By word of the query as `language` reads it, the concept that the word is a part of the name of."""
    return {
        word: _about(span.concepts, 1 / len(span.words))
        for reading in asked.readings
        if reading.language == language
        for span in reading.spans
        for word in span.words
    }


def _concepts_alone(asked: Asked) -> Iterator[Clause]:
    """Works about all that a query names, if its names are most of it; or about what stands next to it."""
    for reading in asked.readings:
        if reading.share >= WEIGHTS.concept_share:
            spans = tuple(Best((_about(span.concepts), *_about_near(asked, span.concepts))) for span in reading.spans)
            yield spans[0] if len(spans) == 1 else Bool(must=spans)


def _about_near(asked: Asked, concepts: Sequence[str]) -> Iterator[Clause]:
    """Works about a concept above or below `concepts`: who asks for a widow's pension may do with survivors."""
    for near in dict.fromkeys(each for concept in concepts for each in asked.near.get(concept, ())):
        yield Constant(Term(CONCEPTS, concept_term(near, Strength.ABOUT)), WEIGHTS.concept_near)


def _strengths() -> tuple[tuple[Strength, float], ...]:
    return (
        (Strength.ABOUT, WEIGHTS.concept),
        (Strength.OFTEN, WEIGHTS.concept_often),
        (Strength.MENTIONED, WEIGHTS.concept_mentioned),
    )


def _about(concepts: Sequence[str], share: float = 1.0) -> Clause:
    """Works about any of `concepts`, the more the better; `share` of its weight."""
    return Best(
        tuple(
            Constant(Term(CONCEPTS, concept_term(concept, strength)), weight * share)
            for concept in concepts
            for strength, weight in _strengths()
        )
    )


# --- What is bound by quotes, OR, minus or title: ---------------------------


def _any_of(group: Sequence[Wanted]) -> Clause:
    found = [clause for wanted in group for clause in _bound(wanted)]
    return Best(tuple(found), WEIGHTS.parts_tie) if found else Nothing()


def _bound(wanted: Wanted) -> Iterator[Clause]:
    parts = _TITLE if wanted.field == "title" else _work()
    terms = query_terms(wanted.text)
    for each in terms.languages:
        if wanted.phrase or terms.clusters:
            yield from _phrase(each, terms, parts)
        else:
            yield Bool(must=tuple(_word(each, at, parts, {}) for at in range(len(each.words))))


def _phrase(terms: LanguageTerms, query: QueryTerms, parts: Parts) -> Iterator[Clause]:
    """A whole query as one run in any of `parts`, as `terms` spell it."""
    language = terms.language
    kind = "words" if language in _UNSPACED else "plain"
    yield _in_any(parts, language, kind, terms.phrase)
    yield from _as_typed(terms, query, parts)
