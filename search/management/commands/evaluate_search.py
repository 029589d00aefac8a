from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import fmean
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import engines
from search.errors import IndexUnavailable
from search.evaluation.comparing import Comparison, compare
from search.evaluation.floors import above_floors, read_floors
from search.evaluation.judgements import Topic, read_judgements
from search.evaluation.pairs import read_pairs
from search.evaluation.running import MEASURES, Outcome, groups, means, run, unknown_works, works_by_name

SHOWN = 30
"""Queries that a comparison names."""


class Command(BaseCommand):
    help = "Ask the judged queries of a file and measure how good the answers are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Judgements; search/evaluation/judgements.py says how they look.")
        parser.add_argument("--engine", default="", help="Ask this engine, not the one that visitors' queries go to.")
        parser.add_argument("--weights", default="", help="Weights to try, such as title=2.0,concept=1.2.")
        parser.add_argument(
            "--compare",
            action="store_true",
            help="Compare --engine or --weights with what is in force; without either, the first two engines.",
        )
        parser.add_argument("--floor", default="", help="Exit with 1 below, such as mrr=0.8,ndcg=0.7,km.mrr=0.75.")
        parser.add_argument("--misses", action="store_true", help="Name every query whose first answer is not right.")
        parser.add_argument("--json", action="store_true", help="Say it all as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            floors = read_floors(options["floor"])
            changed = read_pairs(options["weights"])
            engine = engines.get_engine(options["engine"] or self._second(options["compare"] and not changed))
            topics = self._topics(options["file"])
            works = self._works(topics)
            before = run(topics, works) if options["compare"] else None
            outcomes = run(topics, works, engine=engine, changed=changed)
        except (ValueError, LookupError, IndexUnavailable, OSError) as error:
            raise CommandError(error.args[0] if isinstance(error, LookupError) else str(error)) from error
        comparison = compare(before, outcomes) if before else None
        held = above_floors(outcomes, floors)
        if options["json"]:
            self._print_json(engine.name, outcomes, held, comparison)
        else:
            self._print(engine.name, outcomes, misses=options["misses"])
            if comparison and before:
                self._print_comparison(before, comparison)
        if below := [f"{name} {value:.4f}, {-over:.4f} below" for name, (value, over) in held.items() if over < 0]:
            raise CommandError("Below the floor: " + "; ".join(below))

    @staticmethod
    def _second(wanted: bool) -> str:
        """The name of the engine that the first one is compared with, if nothing else was said; "" is the first."""
        if not wanted:
            return ""
        kept = engines.engines()
        if len(kept) < 2:
            raise LookupError("The settings name one engine only. Compare it with other --weights.")
        return kept[1].name

    @staticmethod
    def _topics(path: Path) -> Sequence[Topic]:
        with path.open(encoding="utf-8") as file:
            read = read_judgements(file)
        if read.bad:
            raise ValueError("\n".join([f"{path} can't be used:", *map(str, read.bad)]))
        if not read.topics:
            raise ValueError(f"{path} holds no queries.")
        return read.topics

    @staticmethod
    def _works(topics: Sequence[Topic]) -> dict[str, str]:
        works = works_by_name(name for topic in topics for name in topic.grades)
        if unknown := unknown_works(topics, works):
            raise ValueError("\n".join(map(str, unknown)))
        return works

    def _print(self, engine: str, outcomes: Sequence[Outcome], *, misses: bool) -> None:
        self.stdout.write(
            f"{len(outcomes)} queries, {engine}, {fmean(each.took_ms for each in outcomes):.1f} ms each\n\n"
        )
        self.stdout.write("".join([f"{'':<14}{'queries':>9}", *(f"{name:>12}" for name in MEASURES.values())]))
        for by, told in groups(outcomes).items():
            for name, group in told.items():
                self._row(name, group)
            self.stdout.write("" if by == "language" else "-" * (23 + 12 * len(MEASURES)))
        self._row("all", outcomes)
        for outcome in outcomes if misses else ():
            if outcome.measures["mrr"] < 1:
                topic = outcome.topic
                self.stdout.write(f"line {topic.line}: {outcome.measures['mrr']:.2f} {topic.language} {topic.query}")

    def _row(self, name: str, outcomes: Sequence[Outcome]) -> None:
        values = means(outcomes).values()
        self.stdout.write("".join([f"{name:<14}{len(outcomes):>9}", *(f"{value:>12.4f}" for value in values)]))

    def _print_comparison(self, before: Sequence[Outcome], comparison: Comparison) -> None:
        self.stdout.write(f"\nCompared with what is in force (the first ten overlap by {comparison.overlap:.1%}):\n")
        self.stdout.write(f"{'':<14}{'before':>9}{'difference':>12}{'better':>8}{'worse':>8}{'chance':>9}")
        in_force = means(before)
        for name, told in comparison.differences.items():
            self.stdout.write(
                f"{MEASURES[name]:<14}{in_force[name]:>9.4f}{told.mean:>+12.4f}"
                f"{told.better:>8}{told.worse:>8}{told.chance:>9.4f}"
            )
        self.stdout.write(f"\nnDCG by query, the greatest loss first ({len(comparison.changed)} differ):")
        for was, now in _ends(comparison.changed):
            topic = was.topic
            values = f"{was.measures['ndcg']:.3f} → {now.measures['ndcg']:.3f}"
            self.stdout.write(f"line {topic.line}: {values} {topic.language} {topic.query}")

    def _print_json(
        self,
        engine: str,
        outcomes: Sequence[Outcome],
        held: dict[str, tuple[float, float]],
        comparison: Comparison | None,
    ) -> None:
        told: dict[str, Any] = {
            "engine": engine,
            "queries": len(outcomes),
            "overall": means(outcomes),
            **{
                f"by_{by}": {name: {"queries": len(group), **means(group)} for name, group in found.items()}
                for by, found in groups(outcomes).items()
            },
            "floors": {name: {"measured": value, "above": over} for name, (value, over) in held.items()},
            "topics": {
                outcome.topic.name: {
                    "language": outcome.topic.language,
                    "kind": outcome.topic.kind,
                    "query": outcome.topic.query,
                    **outcome.measures,
                }
                for outcome in outcomes
            },
        }
        if comparison:
            told["comparison"] = {
                "overlap": comparison.overlap,
                **{name: asdict(each) for name, each in comparison.differences.items()},
            }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))


def _ends(pairs: Sequence[tuple[Outcome, Outcome]]) -> Sequence[tuple[Outcome, Outcome]]:
    """The greatest losses and the greatest gains, where there are too many to name all."""
    return pairs if len(pairs) <= SHOWN else [*pairs[: SHOWN // 2], *pairs[-(SHOWN // 2) :]]
