"""How high the right work stands: MRR@10 of questions whose answer is known, asked through the real service and engine.

    python -m tests.relevance.measure DIRECTORY [--weights title=2.0,…]

Files in it hold {"lang", "docs": [[id, text]], "queries": [[question, [ids]]]}: a file's paragraphs are the bodies of
works.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import fmean

from search import weights
from search.evaluation.measures import DEPTH, reciprocal_rank
from search.evaluation.pairs import read_pairs
from tests.relevance.made import Paragraphs, found, indexed, set_up


def measure(path: Path) -> tuple[str, float, float, int]:
    """(language, MRR@10, mean milliseconds a query, questions) of a file."""
    data = json.loads(path.read_text("utf-8"))
    language = data["lang"]
    with indexed(Paragraphs(language, data["docs"])):
        started = time.perf_counter()
        ranks = [
            reciprocal_rank(found(question, language, at_most=DEPTH), right) for question, right in data["queries"]
        ]
        took = (time.perf_counter() - started) * 1000
    return language, fmean(ranks), took / len(ranks), len(ranks)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--weights", type=read_pairs, default={})
    asked = parser.parse_args()
    files = sorted(asked.directory.glob("*.json"))
    if not files:
        sys.stderr.write("There is no .json file in that directory.\n")
        return 1
    set_up()
    with weights.use(asked.weights):
        for path in files:
            language, mrr, milliseconds, questions = measure(path)
            sys.stdout.write(
                f"{path.name}: {language} MRR@{DEPTH} {mrr:.4f} ({questions} questions, {milliseconds:.1f} ms each)\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
