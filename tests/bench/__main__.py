"""`make bench` measures search in 10,000 works, printing, relevance, and a few files dropped and rows imported, whose
times it scales to what they are meant for.

BENCH says what else: `--works 1000 100000` sizes of search; `--drop 1000` only dropping so many PDFs, `--languages th
km` in these languages; `--imports 10000` only importing so many rows.
"""

import argparse

from tests.bench import drop_bench, importing, printing, search_bench
from tests.bench.relevance import relevance

A_FEW_FILES = 20
A_FEW_ROWS = 500


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--drop", type=int, nargs="?", const=drop_bench.GOAL_FILES, metavar="FILES")
    parser.add_argument("--languages", nargs="+", default=drop_bench.LANGUAGES, choices=drop_bench.LANGUAGES)
    parser.add_argument("--imports", type=int, nargs="?", const=importing.GOAL_ROWS, metavar="ROWS")
    search_bench.add_arguments(parser)
    asked = parser.parse_args()
    everything = asked.drop is None and asked.imports is None
    if everything:
        search_bench.main(asked.works, asked.words, asked.pages)
        printing.main()
    if asked.imports or everything:
        importing.main(asked.imports or A_FEW_ROWS)
    if asked.drop or everything:
        drop_bench.main(asked.drop or A_FEW_FILES, asked.languages)
    if everything:
        relevance()


if __name__ == "__main__":
    main()
