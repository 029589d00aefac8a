"""How far the two engines agree: the same works, the same questions, through the real service.

    python -m tests.relevance.agreement DIRECTORY [--server URL]

Files in it are those of `tests.relevance.measure`. By file: the share of the best ten works of one engine that are
among the best ten of the other, the questions of which every facet is counted alike, without and with a choice in one
of them, and the MRR@10 of both. Without a server of its own it starts one (see `scripts/elasticsearch`). It fails below
an overlap of 90 % or with a single count that differs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import django

from tests.elasticsearch_server import Server
from tests.relevance.measure import DEPTH, Paragraphs

LEAST_OVERLAP = 0.9
_VALUES = {"shelf": 3, "colour": 7, "room": 40}
"""Facets that works are given, with how many values each has."""


class Faceted(Paragraphs):
    """Paragraphs with facets to be counted: one value of each, and of the last a second for some."""

    name = "faceted"

    def __init__(self, language: str, paragraphs: Iterable[tuple[str, str]]) -> None:
        from search.registry import FacetDefinition

        super().__init__(language, paragraphs)
        self.facets = tuple(FacetDefinition(name, name, lambda value, _ui: value) for name in _VALUES)

    def documents(self, works: Iterable[str] | None = None) -> Iterator[Any]:
        numbers = {work: number for number, work in enumerate(self._paragraphs)}
        for document in super().documents(works):
            number = numbers[document.work]
            facets = {name: (str(number % count),) for name, count in _VALUES.items()}
            if number % 3 == 0:
                facets["room"] = (*facets["room"], str(number % 11))
            yield replace(document, facets=facets)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was found: `overlap` is a mean over questions, `unequal` questions of which a count or the total differs,
    `mrr` the MRR@10 by engine.
    """

    language: str
    questions: int
    overlap: float
    same_order: float
    unequal: tuple[str, ...]
    mrr: dict[str, float]


def compare(path: Path, engines: tuple[Any, ...]) -> Agreement:
    """Ask both `engines` every question of a file."""
    from search import registry
    from search.engines import use
    from search.indexing.prepare import prepare

    data = json.loads(path.read_text("utf-8"))
    source = Faceted(data["lang"], data["docs"])
    for other in registry.sources():
        registry.unregister(other.name)
    registry.register(source)
    works = [prepare(document) for document in source.documents()]
    answers: list[list[_Answer]] = []
    for engine in engines:
        with engine.rebuild() as side:
            side.write(works)
            side.publish()
        with use(engine):
            answers.append(
                [_ask(question, number, data["lang"]) for number, (question, _) in enumerate(data["queries"])]
            )
    first, second = answers
    pairs = list(zip(first, second, strict=True))
    return Agreement(
        language=data["lang"],
        questions=len(pairs),
        overlap=sum(_overlap(one.works, other.works) for one, other in pairs) / len(pairs),
        same_order=sum(one.works == other.works for one, other in pairs) / len(pairs),
        unequal=tuple(
            question
            for (question, _right), (one, other) in zip(data["queries"], pairs, strict=True)
            if one.counts != other.counts
        ),
        mrr={
            engine.name: sum(
                next((1 / rank for rank, work in enumerate(answer.works, 1) if work in right), 0.0)
                for answer, (_question, right) in zip(found, data["queries"], strict=True)
            )
            / len(pairs)
            for engine, found in zip(engines, answers, strict=True)
        },
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """The best works, and totals and counts without a choice and with one."""

    works: tuple[str, ...]
    counts: tuple[Any, ...]


def _ask(question: str, number: int, language: str) -> _Answer:
    from search import service
    from search.types import SearchQuery

    query = SearchQuery(question, ui=language, page_size=DEPTH)
    name = list(_VALUES)[number % len(_VALUES)]
    chosen = replace(query, filters={name: (str(number % _VALUES[name]),)})
    results = [service.search(query), service.search(chosen)]
    if not all(result.available for result in results):
        raise RuntimeError("An engine did not answer; the log says why.")
    counts = tuple(
        (result.total, {facet.name: {each.value: each.count for each in facet.values} for facet in result.facets})
        for result in results
    )
    return _Answer(tuple(hit.work for hit in results[0].hits), counts)


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return len(set(one) & set(other)) / max(len(one), len(other), 1) if one or other else 1.0


@contextmanager
def _server(url: str) -> Iterator[str]:
    if url:
        yield url
        return
    server = Server()
    try:
        server.start()
        yield server.url
    finally:
        server.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--server", default="", metavar="URL", help="an Elasticsearch to use instead of one of its own")
    asked = parser.parse_args()
    files = sorted(asked.directory.glob("*.json"))
    if not files:
        sys.stderr.write("There is no .json file in that directory.\n")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from search.engines.elasticsearch import Connection, ElasticsearchEngine
    from search.engines.embedded import EmbeddedEngine

    agreed = True
    with tempfile.TemporaryDirectory() as directory, _server(asked.server) as url:
        engines = (
            EmbeddedEngine(Path(directory)),
            ElasticsearchEngine(Connection(url, seconds=60.0), prefix="lumbung-agreement"),
        )
        for path in files:
            found = compare(path, engines)
            agreed = agreed and found.overlap >= LEAST_OVERLAP and not found.unequal
            scores = ", ".join(f"{name} {mrr:.4f}" for name, mrr in found.mrr.items())
            sys.stdout.write(
                f"{path.name}: {found.language}, {found.questions} questions\n"
                f"  best ten in common {found.overlap:.1%}, in the same order {found.same_order:.1%}\n"
                f"  facets counted otherwise: {len(found.unequal)} questions\n"
                f"  MRR@{DEPTH} {scores}\n"
            )
            for question in found.unequal[:5]:
                sys.stdout.write(f"    {question}\n")
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
