"""How much each part of a match counts. Measured on questions in Thai and English and on terms in the other
languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Weights:
    """Field boosts, kinds of terms, and the least share of a query's words that a hit must hold.

    A query of up to `all_words_up_to` words wants them all; of a longer one `minimum_share`, and no less than
    `minimum_words`, must be there, unless that finds fewer than `few` works. `run` is a whole Latin query as one
    phrase. A longer query is a question: its words count in titles and summaries by `question_title` and
    `question_summary`, so that a title that repeats its text's beginning doesn't drown what follows. The score of a
    concept does not depend on its rarity: `concept` for works that are about it, `concept_often` and
    `concept_mentioned` for those that only name it, `concept_near` for those about one above or below it. A work that
    only shares concepts is found if their names are `concept_share` of the query, ranked by `some_words` for the words
    it does hold. The ties are what a match adds in a part or a language that isn't its best.
    """

    title: float = 3.0
    summary: float = 1.5
    body: float = 1.0
    files: float = 1.0
    words: float = 1.0
    plain: float = 0.4
    pairs: float = 0.1
    grams: float = 0.3
    clusters: float = 3.0
    minimum_share: float = 0.25
    minimum_words: int = 2
    all_words_up_to: int = 3
    few: int = 5
    run: float = 3.0
    concept: float = 8.0
    concept_often: float = 6.0
    concept_mentioned: float = 4.0
    concept_near: float = 2.0
    concept_share: float = 0.5
    some_words: float = 0.5
    question_title: float = 1.0
    question_summary: float = 0.5
    question_tie: float = 0.0
    parts_tie: float = 0.2
    languages_tie: float = 0.1


WEIGHTS = Weights()
"""The weights in force. Nothing but `use` changes them."""


@contextmanager
def use(others: Mapping[str, float]) -> Iterator[None]:
    """Inside, the weights named count as much as `others` says, in the whole process: to judge what a change does.

    Raises `LookupError` for a weight that doesn't exist.
    """
    before = asdict(WEIGHTS)
    for name in others:
        if name not in before:
            raise LookupError(f"There is no weight “{name}”; there are {', '.join(before)}.")
    try:
        for name, value in others.items():
            setattr(WEIGHTS, name, type(before[name])(value))
        yield
    finally:
        for name, value in before.items():
            setattr(WEIGHTS, name, value)
