"""The demonstration library's own texts, paragraph by paragraph, and the terms that stand in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

import rdflib
import yaml

from search.analysis.scripts import LATIN_LANGUAGES
from search.analysis.segment import words
from search.analysis.stopwords import STOP_WORDS
from search.languages import LANGUAGES

SEED = Path(__file__).resolve().parents[2] / "media_seed"
_SHORTEST = 40
"""Characters of a paragraph: headings and cells of tables are left out."""
_MOST_WORDS = 3
_SHORTEST_RUN = {"zh-hans": 1}
_DIGIT = re.compile(r"\d")
_SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
_MARKDOWN = re.compile(r"\]\([^)]*\)|^#+ |[*\[\]]", re.MULTILINE)


def paragraphs(language: str) -> list[tuple[str, str]]:
    """(key, text) of every paragraph, list item and note in `language`, none twice. The keys mean nothing."""
    found: dict[str, None] = {}
    for path in sorted(SEED.glob(f"texts/**/{language}.yaml")):
        for text in _strings(yaml.safe_load(path.read_text("utf-8"))):
            for paragraph in _MARKDOWN.sub("", text).split("\n\n"):
                if len(paragraph) >= _SHORTEST:
                    found.setdefault(paragraph.strip())
    return [(f"p{number}", text) for number, text in enumerate(found)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


@lru_cache(maxsize=1)
def labels() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Labels by language by concept of the demonstration thesaurus, the preferred one first."""
    graph = rdflib.Graph().parse(SEED / "thesaurus.ttl")
    codes = {language.code: language.code for language in LANGUAGES}
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for predicate in (_SKOS.prefLabel, _SKOS.altLabel):
        for concept, label in graph.subject_objects(predicate):
            language = codes.get(str(getattr(label, "language", "")).lower())
            if language:
                by_language = found.setdefault(str(concept).rpartition("/")[2], {})
                by_language[language] = (*by_language.get(language, ()), str(label))
    return found


def terms(language: str, texts: list[tuple[str, str]], frequent: int) -> list[str]:
    """Names of concepts that stand in a text as written, and the `frequent` runs of one to three words that stand in
    most, but not in more than a tenth of them.
    """
    folded = [fold(text) for _key, text in texts]
    names = {label for by_language in labels().values() for label in by_language.get(language, ())}
    named = sorted(name for name in names if any(holds(text, fold(name), language) for text in folded))
    counts: Counter[str] = Counter()
    for _key, text in texts:
        counts.update(set(_runs(text, language)))
    few = [(count, run) for run, count in counts.items() if 2 <= count <= max(3, len(texts) // 10)]
    runs = [run for _count, run in sorted(few, key=lambda each: (-each[0], each[1]))]
    # As many of each length: the shortest are always the most frequent.
    by_length = [[run for run in runs if _length(run) == length] for length in range(1, _MOST_WORDS + 1)]
    chosen = [run for same in by_length for run in same[: frequent // _MOST_WORDS]]
    return list(dict.fromkeys([*named, *chosen]))


def _runs(text: str, language: str) -> Iterator[str]:
    places = list(words(text))
    stop = STOP_WORDS.get(language, frozenset())
    for at in range(len(places)):
        for length in range(1, _MOST_WORDS + 1):
            inside = places[at : at + length]
            if len(inside) < length or any(text[one[1] : two[0]].strip(" ") for one, two in pairwise(inside)):
                break
            ends = (text[slice(*inside[0])].casefold(), text[slice(*inside[-1])].casefold())
            run = text[inside[0][0] : inside[-1][1]]
            foreign = run.isascii() and language not in LATIN_LANGUAGES
            if len(run) > _SHORTEST_RUN.get(language, 3) and not (foreign or _DIGIT.search(run) or stop & {*ends}):
                yield run.casefold()


def _length(run: str) -> int:
    return len(list(words(run)))


def fold(text: str) -> str:
    """Text as it is compared: NFC, without case."""
    return normalize("NFC", normalize("NFC", text).casefold())


def holds(text: str, term: str, language: str) -> bool:
    """Whether a folded text holds a folded term as written: whole words where the script has spaces."""
    if language in LATIN_LANGUAGES:
        return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None
    return term in text
