"""How high the right work stands: MRR@10 of questions whose answer is known, asked through the real service and engine.

    python -m tests.relevance.measure DIRECTORY

Files in it hold {"lang", "docs": [[id, text]], "queries": [[question, [ids]]]}.

A file's paragraphs are the bodies of works; MRR@10 is the mean of 1/rank of the first right work, 0 beyond the tenth
(Voorhees, TREC-8 question answering track, 1999).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django

DEPTH = 10


class Paragraphs:
    """A source of works made of paragraphs."""

    name = "paragraphs"
    facets = ()

    def __init__(self, language: str, paragraphs: Iterable[tuple[str, str]]) -> None:
        self._language = language
        self._paragraphs = dict(paragraphs)

    def documents(self, works: Iterable[str] | None = None) -> Iterator[Any]:
        from search.types import SearchDocument, WorkText

        for work in self._paragraphs if works is None else works:
            text = WorkText(self._language, title=work, body=self._paragraphs[work], key=work)
            yield SearchDocument(work=work, version=1, texts=(text,), date=date(2020, 1, 1))

    def concept_labels(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def suggestions(self, text: str, ui: str, readers: frozenset[str]) -> list[Any]:
        return []

    def readers(self, user: object) -> list[str]:
        return []


def measure(path: Path) -> tuple[str, float, float, int]:
    """(language, MRR@10, mean milliseconds a query, questions) of a file."""
    from django.test import override_settings

    from search import registry, service
    from search.engines import get_engine
    from search.indexing.prepare import prepare
    from search.types import SearchQuery

    data = json.loads(path.read_text("utf-8"))
    source = Paragraphs(data["lang"], data["docs"])
    for other in registry.sources():
        registry.unregister(other.name)
    registry.register(source)
    with tempfile.TemporaryDirectory() as directory, override_settings(SEARCH_INDEX_DIR=Path(directory)):
        with get_engine().rebuild() as side:
            side.write([prepare(document) for document in source.documents()])
            side.publish()
        total = 0.0
        started = time.perf_counter()
        for question, right in data["queries"]:
            hits = service.search(SearchQuery(question, ui=data["lang"], page_size=DEPTH)).hits
            total += next((1 / rank for rank, hit in enumerate(hits, 1) if hit.work in right), 0.0)
        took = (time.perf_counter() - started) * 1000
    count = len(data["queries"])
    return data["lang"], total / count, took / count, count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    files = sorted(parser.parse_args().directory.glob("*.json"))
    if not files:
        sys.stderr.write("There is no .json file in that directory.\n")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    for path in files:
        language, mrr, milliseconds, questions = measure(path)
        sys.stdout.write(
            f"{path.name}: {language} MRR@{DEPTH} {mrr:.4f} ({questions} questions, {milliseconds:.1f} ms each)\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
