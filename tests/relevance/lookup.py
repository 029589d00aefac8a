"""Whether a term finds every text that holds it as written, and these first.

    python -m tests.relevance.lookup [LANGUAGE…] [--weights title=2.0,…] [--misses]

The texts are the demonstration library's own, each paragraph a work, with its thesaurus in force; the terms are names
of its themes and frequent runs of words (`tests.relevance.texts`). Right is every text that holds the term as written.
By language: recall over all that is found, and R-precision, means over terms. For Vietnamese also what typing without
diacritics costs: the MRR of the same terms so typed, against the texts that hold them with.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from search import weights
from search.analysis.normalise import strip_accents
from search.evaluation.measures import r_precision, recall, reciprocal_rank
from search.evaluation.pairs import read_pairs
from search.languages import LANGUAGE_CODES
from tests.relevance.made import Paragraphs, found, indexed, set_up
from tests.relevance.texts import fold, holds, labels, paragraphs, terms


@dataclass(frozen=True, slots=True)
class LookUp:
    """What one term found: `right` are the texts that hold it."""

    term: str
    ranked: tuple[str, ...]
    right: frozenset[str]

    @property
    def recall(self) -> float:
        return recall(self.ranked, self.right, None)

    @property
    def r_precision(self) -> float:
        return r_precision(self.ranked, self.right)


def look_up(language: str, *, frequent: int = 60, typed: bool = False) -> list[LookUp]:
    """Look the terms of a language up, `frequent` runs of words among them; `typed` without diacritics."""
    texts = paragraphs(language)
    folded = [(key, fold(text)) for key, text in texts]
    with indexed(Paragraphs(language, texts, labels())):
        return [
            LookUp(
                term,
                found(strip_accents(fold(term)) if typed else term, language, at_most=len(texts)),
                frozenset(key for key, text in folded if holds(text, fold(term), language)),
            )
            for term in terms(language, texts, frequent)
        ]


def mrr(looked_up: Sequence[LookUp]) -> float:
    return fmean(reciprocal_rank(each.ranked, each.right) for each in looked_up)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", default=LANGUAGE_CODES, help=", ".join(LANGUAGE_CODES))
    parser.add_argument("--weights", type=read_pairs, default={})
    parser.add_argument("--misses", action="store_true", help="name the terms that do worst")
    asked = parser.parse_args()
    set_up()
    with weights.use(asked.weights):
        sys.stdout.write(f"{'':<10}{'texts':>7}{'terms':>7}{'recall':>9}{'R-precision':>13}\n")
        for language in asked.languages:
            done = look_up(language)
            sys.stdout.write(
                f"{language:<10}{len(paragraphs(language)):>7}{len(done):>7}"
                f"{fmean(each.recall for each in done):>9.4f}{fmean(each.r_precision for each in done):>13.4f}\n"
            )
            if language == "vi":
                lost = mrr(done) - mrr(look_up(language, typed=True))
                sys.stdout.write(f"{'':<10}MRR {mrr(done):.4f}, {lost:.4f} less without diacritics\n")
            for each in sorted(done, key=lambda each: (each.recall, each.r_precision))[:15] if asked.misses else ():
                sys.stdout.write(
                    f"{'':<10}{each.recall:.2f} {each.r_precision:.2f} {len(each.right)} texts: {each.term}\n"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
