"""Whether a concept asked for in one language finds the text that names it in another.

    python -m tests.relevance.crossing [--every 7] [--weights concept=1.5,…] [--misses]

For every language and every seventh concept of the demonstration thesaurus there is one text: the concept's preferred
label in front of a paragraph of the library, which is about other things. Asked is the preferred label in each
language, among the texts of each other language. Told is the share of (concept, language of the query, language of the
text) with the right text among the first three, by either language.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from search import weights
from search.evaluation.pairs import read_pairs
from search.languages import LANGUAGE_CODES
from tests.relevance.made import Paragraphs, found, indexed, set_up
from tests.relevance.texts import labels, paragraphs

TOP = 3


@dataclass(frozen=True, slots=True)
class Triple:
    concept: str
    asked: str
    told: str
    rank: int | None

    @property
    def is_found(self) -> bool:
        return self.rank is not None and self.rank <= TOP


def triples(every: int) -> Iterator[Triple]:
    """What each triple found; `rank` counts from 1, to ten."""
    names = {concept: {code: found[0] for code, found in by.items()} for concept, by in sorted(labels().items())}
    sources = [Paragraphs(code, _texts(code, names), labels() if code == "en" else {}) for code in LANGUAGE_CODES]
    with indexed(*sources):
        for concept in list(names)[::every]:
            for asked, label in names[concept].items():
                same = {other for other, by in names.items() if by.get(asked, "").casefold() == label.casefold()}
                for told in LANGUAGE_CODES:
                    if told != asked:
                        ranked = found(label, asked, at_most=10, language=told)
                        right = {f"{told} {other}" for other in same}
                        rank = next((at for at, work in enumerate(ranked, 1) if work in right), None)
                        yield Triple(concept, asked, told, rank)


def _texts(language: str, names: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    told = [text for _key, text in paragraphs(language)]
    for number, (concept, by_language) in enumerate(names.items()):
        if language in by_language:
            yield f"{language} {concept}", f"{by_language[language]}\n\n{told[number % len(told)]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=7, help="take every so manyeth concept")
    parser.add_argument("--weights", type=read_pairs, default={})
    parser.add_argument("--misses", action="store_true", help="name the concepts that are missed most")
    asked = parser.parse_args()
    set_up()
    with weights.use(asked.weights):
        done = list(triples(asked.every))
    counts: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for each in done:
        counts[f"asked in {each.asked}"][each.is_found] += 1
        counts[f"told in {each.told}"][each.is_found] += 1
        counts["all"][each.is_found] += 1
    for name, count in sorted(counts.items(), key=lambda each: (each[0] == "all", each[0])):
        sys.stdout.write(f"{name:<18}{count.total():>7}{count[True] / count.total():>9.4f}\n")
    missed = Counter((each.concept, each.asked) for each in done if not each.is_found)
    for (concept, language), count in missed.most_common(25) if asked.misses else ():
        sys.stdout.write(
            f"{count:>3} of {len(LANGUAGE_CODES) - 1}: {language} {concept}: {labels()[concept][language][0]}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
