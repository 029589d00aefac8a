"""How fast search is, in one run beside a baseline: SQLite's FTS5 over the same texts, words joined by OR, no facets.

    python -m tests.bench --works 10000

Indexing is measured from documents to a published index; queries one after another; HTTP over a loopback address with
one gunicorn worker, the portal as in production. The goals are those of the issue: page p95 below 40 ms, API p95 below
20 ms, 1,000 short works indexed a second.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import django

from search.types import SearchDocument

QUERIES = 320
WARM_UP = 20
PAGES = 4
SHORT = 30
"""Words of a short work: a title and a summary."""
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of many calls."""

    name: str
    p50: float
    p95: float
    most: float
    goal: float | None = None

    def row(self, baseline: Timing) -> str:
        goal = f"goal p95 {self.goal:g}" if self.goal else ""
        return (
            f"{self.name:<34}{self.p50:>9.1f}{self.p95:>9.1f}{self.most:>9.1f}"
            f"{self.p50 / baseline.p50:>9.2f}{self.p95 / baseline.p95:>9.2f}  {goal}"
        )


def timed(name: str, calls: Sequence[Callable[[], object]], goal: float | None = None) -> Timing:
    """Call each once; the first few warm up and do not count, and none is asked again, since answers are remembered."""
    for call in calls[:WARM_UP]:
        call()
    took = []
    for call in calls[WARM_UP:]:
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return Timing(name, took[len(took) // 2], took[int(len(took) * 0.95) - 1], took[-1], goal)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def indexed(documents: Sequence[SearchDocument]) -> float:
    """Seconds from documents to a published index."""
    from search.engines import get_engine
    from search.indexing.prepare import prepare

    started = time.perf_counter()
    with get_engine().rebuild() as side:
        side.write(prepare(document) for document in documents)
        side.publish()
    return time.perf_counter() - started


def measure(works: int, words: int, *, over_http: bool) -> None:
    """Make the works, index them, ask, print."""
    from django.conf import settings

    from search import concepts, registry, service
    from search.types import SearchQuery
    from tests.bench.works import MadeWorks

    source = MadeWorks(works, words, pages=PAGES)
    for other in registry.sources():
        registry.unregister(other.name)
    registry.register(source)
    concepts.forget()

    say(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before this began")
    rate = works / indexed(list(MadeWorks(works, SHORT).documents()))
    say(f"{works} short works ({SHORT} words a language): {rate:.0f} works/s, goal 1000")
    documents = list(source.documents())
    rate = works / indexed(documents)
    size = sum(path.stat().st_size for path in Path(settings.SEARCH_INDEX_DIR).rglob("*") if path.is_file())
    described = f"{words} words a language, every third with a file of {PAGES} pages"
    say(f"{works} works ({described}): {rate:.0f} works/s; the index takes {size / 1e6:.0f} MB\n")

    # What was made for measuring is nothing that the collector should walk through while it is measured.
    gc.collect()
    gc.freeze()
    dice = random.Random(1)
    asked = set[str]()

    def queries() -> Iterator[str]:
        """Queries that nobody asked before."""
        for _ in range(QUERIES):
            while (query := source.query(dice)) in asked:
                pass
            asked.add(query)
            yield query

    chosen = {"country": ("VN", "TH"), "type": ("fact-sheet",)}
    baseline = timed("SQLite FTS5, OR, no facets", list(_fts5(documents, list(queries()))))
    timings = [
        timed("service.search, all facets", [lambda q=q: service.search(SearchQuery(q)) for q in queries()]),
        timed(
            "  with two facets chosen", [lambda q=q: service.search(SearchQuery(q, filters=chosen)) for q in queries()]
        ),
        timed("  without text", [lambda n=n: service.search(SearchQuery(page=n + 1)) for n in range(QUERIES)]),
        timed("service.suggest", [lambda q=q: service.suggest(q[:5], "en", frozenset({"public"})) for q in queries()]),
    ]
    if over_http:
        with _served() as ask:
            # The library's own facets are asked for here: labels, trees and templates are the portal's.
            timings += [
                timed("API over HTTP", [lambda q=q: ask(f"/api/v1/search?q={quote(q)}") for q in queries()], 20),
                timed(
                    "API suggest over HTTP",
                    [lambda q=q: ask(f"/api/v1/suggest?q={quote(q[:5])}") for q in queries()],
                    20,
                ),
                timed("page over HTTP", [lambda q=q: ask(f"/en/search/?q={quote(q)}") for q in queries()], 40),
                timed(
                    "page over HTTP, filtered",
                    [lambda q=q: ask(f"/en/search/?q={quote(q)}&language=th") for q in queries()],
                    40,
                ),
            ]
    say(f"{'milliseconds':<34}{'p50':>9}{'p95':>9}{'most':>9}{'p50 ×':>9}{'p95 ×':>9}")
    say(baseline.row(baseline))
    for timing in timings:
        say(timing.row(baseline))


def _fts5(documents: Sequence[SearchDocument], queries: Sequence[str]) -> Iterator[Callable[[], object]]:
    """Calls that ask a table of the same texts; works without spaces between words are one word to it."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE works USING fts5(title, summary, body)")
    database.executemany(
        "INSERT INTO works VALUES (?, ?, ?)",
        ((text.title, text.summary, text.body) for document in documents for text in document.texts),
    )
    statement = "SELECT rowid, bm25(works) FROM works WHERE works MATCH ? ORDER BY bm25(works) LIMIT 10"
    for query in queries:
        match = " OR ".join(f'"{word}"' for word in query.replace(".", " ").split())
        yield lambda match=match: database.execute(statement, (match,)).fetchall()


@contextmanager
def _served() -> Iterator[Callable[[str], bytes]]:
    """The portal in a gunicorn of its own, over the same database and index; gives a function that asks it
    for a path.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    server = subprocess.Popen([*command, "--log-level", "error"])
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

        def ask(path: str) -> bytes:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise RuntimeError(f"{path} answered {response.status}: {body[:300]!r}")
            return body

        _wait(port)
        yield ask
        connection.close()
    finally:
        server.terminate()
        server.wait(10)


def _wait(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("gunicorn did not start.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=60, help="words of a work in each of its languages")
    parser.add_argument("--no-http", action="store_true", help="measure in this process only")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as directory:
        os.environ |= {
            "DEBUG": "0",
            "SECRET_KEY": "bench-" + "x" * 50,
            "PORTAL_DATA_DIR": directory,
            "PORTAL_BASE_URL": "http://127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        if not asked.no_http:
            call_command("collectstatic", interactive=False, verbosity=0)
        measure(asked.works, asked.words, over_http=not asked.no_http)


if __name__ == "__main__":
    main()
