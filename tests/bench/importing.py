"""How long an import takes and how much memory: a table of works in many languages goes in as from the admin, in turns
of a worker with what it indexes between them, and once more, changing nothing.

    python -m tests.bench --imports 10000
"""

from __future__ import annotations

import csv
import gc
import io
import os
import random
import resource
import sys
import time
from pathlib import Path

from tests.bench.apart import run_apart
from tests.bench.timing import say
from tests.bench.works import COUNTRIES, LANGUAGES, THEMES, TYPES, Vocabulary

GOAL_SECONDS = 120
GOAL_ROWS = 10_000
_COLUMNS = ("id", "type", "language", "title", "summary", "body", "countries", "themes", "year", "authors", "publisher",
            "licence", "url")  # fmt: skip


def main(rows: int) -> None:
    """Measure in a process of its own, with a database of its own."""
    run_apart("importing", rows)


def table(rows: int) -> bytes:
    """A table of made-up works, a tenth of which translate another."""
    dice = random.Random(1)
    words = {language: Vocabulary(language) for language in LANGUAGES}
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([*_COLUMNS, "translation_of"])
    for number in range(rows):
        is_translation = number % 10 == 9
        language = "th" if is_translation else dice.choice([code for code in LANGUAGES if code != "th"])
        text = words[language]
        body = f"# {text.text(dice, 4)}\n\n{text.text(dice, 120)}"
        kind = TYPES[(number - is_translation) % len(TYPES)]
        facts = [
            ";".join(dice.sample(COUNTRIES, 2)),
            ";".join(dice.sample(THEMES, 2)),
            2000 + number % 20,
            "A; B",
            "ILO",
        ]
        texts = [text.text(dice, 6), text.text(dice, 20), body]
        address, original = f"https://example.org/{number}", f"r{number - 1}" if is_translation else ""
        writer.writerow([f"r{number}", kind, language, *texts, *facts, "cc-by", address, original])
    return target.getvalue().encode()


def _measure(rows: int) -> None:
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.files.base import ContentFile
    from django.core.management import call_command

    from resources.imports import actions, queue
    from resources.imports.models import Run
    from resources.models import Concept, ResourcePage
    from resources.tree import library_for
    from search.indexing import outbox
    from search.languages import LANGUAGE_CODES

    call_command("migrate", verbosity=0)
    editor = get_user_model().objects.create_superuser("bench")
    for theme in THEMES:
        Concept.objects.create(slug=theme)
    for language in LANGUAGE_CODES:
        library_for(language)
    data = table(rows)
    # As `run_worker` does.
    gc.collect()
    gc.freeze()
    size, load = len(data) / 1e6, os.getloadavg()[0]
    say(f"An import of {rows} rows, {size:.0f} MB; {os.cpu_count()} processors, load {load:.1f}")
    for name in ("new", "unchanged"):
        before = _most_memory()
        started = time.perf_counter()
        run = actions.begin(by=editor, table=ContentFile(data, "works.csv"), publish=True)
        actions.name_columns(run=run, mapping=run.mapping)
        queue.work()
        checked = time.perf_counter() - started
        for_checking = _most_memory() - before
        actions.start(run=run, by=editor)
        started = time.perf_counter()
        memory = []
        while queue.work():
            memory.append(_memory())
        seconds = time.perf_counter() - started
        waiting = outbox.health().waiting
        states = sorted(set(Run.objects.get(pk=run.pk).rows.values_list("status", flat=True)))
        say(
            f"  {name:10} checked in {checked:.1f} s, written and indexed in {seconds:.1f} s, "
            f"{rows / (checked + seconds):.0f} rows/s"
        )
        scaled = (checked + seconds) * GOAL_ROWS / rows
        say(f"  {'':10} as {GOAL_ROWS} rows: {scaled:.0f} s, goal {GOAL_SECONDS}; {waiting} not indexed; {states}")
        say(
            f"  {'':10} memory {for_checking:.0f} MB more to check it, {memory[0]:.0f} MB after the first turn, "
            f"{memory[len(memory) // 2]:.0f} MB half-way, {memory[-1]:.0f} MB at the end"
        )
    say(f"  {ResourcePage.objects.count()} pages; the most memory was {_most_memory():.0f} MB")


def _memory() -> float:
    """Megabytes that this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _most_memory() -> float:
    """Megabytes that this process had at the most until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    _measure(int(sys.argv[1]))
