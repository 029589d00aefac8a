"""How fast search is and how that grows, beside a baseline: SQLite's FTS5 over the same texts, words joined by OR, no
facets.

    python -m tests.bench --works 1000 10000 100000

Works have ten pages each: 100,000 works are 1,000,000 passages. Each size and engine is measured in a process of its
own: Elasticsearch beside the embedded index when ELASTICSEARCH_URL is set. Queries go one after another, over a
loopback address, to one gunicorn worker, the portal as in production; then once more, without a pause, while the whole
index is rebuilt.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tests.bench.timing import say

GOALS = {
    (10_000, "API over HTTP"): 20,
    (10_000, "page over HTTP"): 40,
    (10_000, "page, filtered"): 40,
    (100_000, "page over HTTP"): 60,
    (100_000, "page, filtered"): 60,
    (100_000, "suggest over HTTP"): 20,
}
"""Milliseconds of p95, by works."""
_FIGURES = (
    ("short works/s", "goal 1000"),
    ("works/s", ""),
    ("rebuild s", "goal at 100000 works: 300"),
    ("rebuild MB", "the largest process"),
    ("index MB", ""),
    ("server MB", "its own"),
    ("server MB with files", ""),
    ("rebuild under load s", ""),
    ("asked", "while rebuilding"),
    ("failed", "goal 0"),
    ("empty", "goal 0"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--works", type=int, nargs="+", default=[10_000])
    parser.add_argument("--words", type=int, default=60, help="words of a work in each of its languages")
    parser.add_argument("--pages", type=int, default=10, help="pages of the file of each work")


def main(sizes: Sequence[int], words: int, pages: int) -> None:
    """Measure works of so many words and pages, in each size and engine."""
    say(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before this began")
    for engine in ("embedded", "elasticsearch"):
        if engine == "embedded" or os.environ.get("ELASTICSEARCH_URL"):
            _report(engine, [_measured(engine, works, words, pages) for works in sorted(sizes)])


def _measured(engine: str, works: int, words: int, pages: int) -> dict[str, Any]:
    environment = dict(os.environ)
    if engine == "embedded":
        environment["ELASTICSEARCH_URL"] = ""
    command = [sys.executable, "-m", "tests.bench.one_size", str(works), str(words), str(pages)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        last = ""
        for line in child.stdout:
            if last:
                say(last)
            last = line.rstrip()
    if child.returncode:
        raise SystemExit(f"{works} works could not be measured.")
    found: dict[str, Any] = json.loads(last)
    return found


def _report(engine: str, sizes: list[dict[str, Any]]) -> None:
    """A row a figure, a column a size; beside each size but the first, how many times the one before."""
    say(f"\n{engine:<28}" + "".join(f"{size['works']:>12} works{'':>7}" for size in sizes))
    for name, remark in _FIGURES:
        values = [size[name] for size in sizes]
        say(f"{name:<28}" + "".join(map(_cell, values, [None, *values])) + f"  {remark}")
    say(f"\n{'milliseconds, p50 and p95':<28}")
    for name in sizes[0]["times"]:
        for at, which in enumerate(("p50", "p95")):
            values = [size["times"][name][at] for size in sizes]
            goals = [
                f"{GOALS[size['works'], name]} at {size['works']}" for size in sizes if (size["works"], name) in GOALS
            ]
            remark = f"  goal {', '.join(goals)}" if goals and which == "p95" else ""
            say(f"{name:<24}{which:>4}" + "".join(map(_cell, values, [None, *values])) + remark)
    works = [size["works"] for size in sizes]
    say(f"{'works':<28}" + "".join(map(_cell, works, [None, *works])))


def _cell(value: float, before: float | None) -> str:
    shown = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
    return f"{shown:>14}" + (f"{f'× {value / before:.2f}':>11}" if before else f"{'':>11}")
