"""One size, one engine, in a process of its own: index, ask, serve, rebuild under load. What it finds is one line of
JSON at the end.

    python -m tests.bench.one_size WORKS WORDS PAGES
"""

from __future__ import annotations

import base64
import gc
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from search.types import SearchDocument
from tests.bench.serving import loaded, served
from tests.bench.timing import Timing, say, timed
from tests.bench.works import MadeWorks, only_source

QUERIES = 320
SHORT = 30
"""Words of a short work: a title and a summary."""
_SHORT_WORKS = 10_000


class Queries:
    """Queries that nobody asked before."""

    def __init__(self, source: MadeWorks) -> None:
        self._source = source
        self._dice = random.Random(1)
        self._asked: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        for _ in range(QUERIES):
            while (query := self._source.query(self._dice)) in self._asked:
                pass
            self._asked.add(query)
            yield query


def measure(works: int, words: int, pages: int) -> dict[str, Any]:
    """What there is to know of a size. Times are in milliseconds, sizes in megabytes."""
    from search import service
    from search.engines import get_engine
    from search.indexing.rebuild import rebuild
    from search.types import SearchQuery

    engine = get_engine()
    found: dict[str, Any] = {"works": works, "engine": engine.name, "load_before": os.getloadavg()[0]}
    short = min(works, _SHORT_WORKS)
    only_source(MadeWorks(short, SHORT))
    found["short works/s"] = short / rebuild(engine=engine).seconds
    _forget_noted()
    source = MadeWorks(works, words, pages)
    only_source(source)
    found["rebuild s"] = rebuild(engine=engine).seconds
    found["works/s"] = works / found["rebuild s"]
    found["passages"] = works * pages
    found["rebuild MB"] = (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e3
    )
    found["index MB"] = _index_size(engine.name)
    say(f"{works} works, {found['passages']} passages in {engine.name}: {found['rebuild s']:.0f} s")

    # What was made for measuring is nothing that the collector should walk through while it is measured.
    gc.collect()
    gc.freeze()
    queries = Queries(source)
    chosen = {"country": ("VN", "TH"), "type": ("fact-sheet",)}
    times: dict[str, Timing] = {
        "SQLite FTS5, OR, no facets": timed(list(_fts5(MadeWorks(works, words).documents(), list(queries)))),
        "search, all facets": timed([lambda q=q: service.search(SearchQuery(q)) for q in queries]),
        "search, two chosen": timed([lambda q=q: service.search(SearchQuery(q, filters=chosen)) for q in queries]),
        "suggest": timed([lambda q=q: service.suggest(q[:5], "en", frozenset({"public"})) for q in queries]),
    }
    with served() as server:
        # The library's own facets are asked for here: labels, trees and templates are the portal's.
        times["API over HTTP"] = timed([lambda q=q: server.ask(f"/api/v1/search?q={quote(q)}") for q in queries])
        times["suggest over HTTP"] = timed(
            [lambda q=q: server.ask(f"/api/v1/suggest?q={quote(q[:5])}") for q in queries]
        )
        times["page over HTTP"] = timed([lambda q=q: server.ask(f"/en/search/?q={quote(q)}") for q in queries])
        times["page, filtered"] = timed(
            [lambda q=q: server.ask(f"/en/search/?q={quote(q)}&language=th") for q in queries]
        )
        found["server MB"], found["server MB with files"] = server.memory()
        known = [q for q in queries if json.loads(server.ask(f"/api/v1/search?q={quote(q)}"))["total"]]
        started = time.perf_counter()
        command = [sys.executable, "-m", "tests.bench.rebuilding", str(works), str(words), str(pages)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as again:
            load = loaded(server, known, again)
        if again.returncode:
            raise RuntimeError("The rebuild under load failed.")
        times["any, while rebuilding"] = load.timing
        found["rebuild under load s"] = time.perf_counter() - started
        found["asked"], found["failed"], found["empty"] = load.asked, load.failed, load.empty
    found["times"] = {name: (timing.p50, timing.p95, timing.most) for name, timing in times.items()}
    return found


def _forget_noted() -> None:
    from search.models import OutboxEntry

    OutboxEntry.objects.all().delete()


def _index_size(engine: str) -> float:
    from django.conf import settings

    if engine == "embedded":
        return sum(path.stat().st_size for path in Path(settings.SEARCH_INDEX_DIR).rglob("*") if path.is_file()) / 1e6
    request = urllib.request.Request(f"{settings.ELASTICSEARCH_URL}/{settings.ELASTICSEARCH_PREFIX}*/_stats/store")
    if settings.ELASTICSEARCH_USER:
        told = f"{settings.ELASTICSEARCH_USER}:{settings.ELASTICSEARCH_PASSWORD}".encode()
        request.add_header("Authorization", f"Basic {base64.b64encode(told).decode()}")
    with urllib.request.urlopen(request, timeout=30) as response:
        return float(json.load(response)["_all"]["total"]["store"]["size_in_bytes"]) / 1e6


def _fts5(documents: Iterable[SearchDocument], queries: Sequence[str]) -> Iterator[Callable[[], object]]:
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


def main() -> None:
    directory = tempfile.mkdtemp(prefix="lumbung-bench-")
    try:
        os.environ |= {
            "DEBUG": "0",
            "SECRET_KEY": "bench-" + "x" * 50,
            "PORTAL_DATA_DIR": directory,
            "PORTAL_BASE_URL": "http://127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "ELASTICSEARCH_PREFIX": f"bench-{os.getpid()}",
            "SEARCH_STATISTICS_DAYS": "0",
        }
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        say(json.dumps(measure(*map(int, sys.argv[1:4]))))
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
