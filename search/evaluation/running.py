"""Ask judged queries through the service, as a visitor in the query's language would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import fmean

from search import engines, registry, result_cache, service, weights
from search.engines.base import SearchEngine
from search.errors import IndexUnavailable
from search.evaluation.judgements import BadLine, Topic
from search.evaluation.measures import DEPTH, ndcg, recall, reciprocal_rank
from search.types import SearchQuery

DEEP = 100
"""How far down results are read, to tell what was not found from what stands too low."""
MEASURES = {
    "mrr": f"MRR@{DEPTH}",
    "ndcg": f"nDCG@{DEPTH}",
    "recall": f"recall@{DEPTH}",
    "found": f"recall@{DEEP}",
}
"""Names of measures in floors and JSON, and what they are called."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a topic found: works in order, `DEEP` at most, and how good that is; `took_ms` is of the service."""

    topic: Topic
    ranked: tuple[str, ...]
    measures: Mapping[str, float]
    took_ms: float


def measured(ranked: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """All measures of one ranking. The reciprocal rank is that of the first work of the best grade; for recall a work
    of any grade above 0 is right.
    """
    right = {work for work, grade in grades.items() if grade}
    best = {work for work, grade in grades.items() if grade == max(grades.values())}
    return {
        "mrr": reciprocal_rank(ranked, best),
        "ndcg": ndcg(ranked, grades),
        "recall": recall(ranked, right),
        "found": recall(ranked, right, DEEP),
    }


def works_by_name(names: Iterable[str]) -> dict[str, str]:
    """The keys of works in the index by the names that judgements use; names that no work has are left out."""
    wanted = set(names)
    found: dict[str, str] = {}
    for document in registry.documents():
        own = {document.work}
        for text in document.texts:
            own |= {text.key, text.url.rstrip("/").rpartition("/")[2]}
        found |= dict.fromkeys(own & wanted, document.work)
        if len(found) == len(wanted):
            break
    return found


def unknown_works(topics: Iterable[Topic], works: Mapping[str, str]) -> list[BadLine]:
    """Topics that judge a work that the library doesn't have."""
    return [
        BadLine(topic.line, f"the library has no work “{name}”")
        for topic in topics
        for name in topic.grades
        if name not in works
    ]


def run(
    topics: Sequence[Topic],
    works: Mapping[str, str],
    *,
    engine: SearchEngine | None = None,
    changed: Mapping[str, float] | None = None,
) -> list[Outcome]:
    """Ask all topics of `engine` (by default of the one asked first) with weights `changed`.

    Raises `IndexUnavailable` when the index can't answer, `LookupError` for a weight that doesn't exist.
    """
    with ExitStack() as settings:
        # Answers remembered from other settings would be taken for those of these, and these for others later.
        result_cache.clear()
        settings.callback(result_cache.clear)
        settings.enter_context(engines.use(engine or engines.get_engine()))
        settings.enter_context(weights.use(changed or {}))
        return [_ask(topic, works) for topic in topics]


def _ask(topic: Topic, works: Mapping[str, str]) -> Outcome:
    query = SearchQuery(topic.query, ui=topic.language, filters=topic.filters, page_size=DEEP)
    results = service.search(query)
    if not results.available:
        raise IndexUnavailable(f"The index could not answer “{topic.query}”.")
    if results.ignored:
        unknown = ", ".join(f"{name}={value}" for name, value in results.ignored)
        raise LookupError(f"line {topic.line}: the library knows no {unknown}")
    grades = {works[name]: grade for name, grade in topic.grades.items()}
    ranked = tuple(hit.work for hit in results.hits)
    return Outcome(topic, ranked, measured(ranked, grades), results.took_ms)


def means(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """The mean of every measure over queries."""
    told = [outcome.measures for outcome in outcomes]
    return {name: fmean(each[name] for each in told) for name in MEASURES}


def groups(outcomes: Iterable[Outcome]) -> dict[str, dict[str, list[Outcome]]]:
    """Outcomes by language and by kind, in the order of the file."""
    found: dict[str, dict[str, list[Outcome]]] = {"language": {}, "kind": {}}
    for outcome in outcomes:
        found["language"].setdefault(outcome.topic.language, []).append(outcome)
        found["kind"].setdefault(outcome.topic.kind, []).append(outcome)
    return found
