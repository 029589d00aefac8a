"""Rebuilding the whole index beside the old one, which answers until the new one takes its place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils import timezone

from search.engines import get_engine
from search.engines.base import Deletion, EngineDocument, SearchEngine, SideIndex
from search.indexing import worker
from search.indexing.gathering import gathered, reason
from search.models import OutboxEntry, OutboxQuerySet

_STEP = 1000
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many works the new index holds, how many could not be read, and how long it took."""

    works: int
    failed: int
    seconds: float


def rebuild(progress: Callable[[int], None] | None = None, *, engine: SearchEngine | None = None) -> Rebuilt:
    """Rebuild an index (the one asked first by default) from the database and put it in the old one's place;
    `progress` is told the works done so far.

    Changes made meanwhile are in the new index. Nothing counts as indexed before the new index answers: what a rebuild
    that fails had done is done again. Raises `RebuildRunning` when somebody else is at it.
    """
    started = time.monotonic()
    engine = engine or get_engine()
    entries = OutboxEntry.objects.of(engine.name)
    with engine.rebuild() as side:
        known = _versions(entries)
        written, broken = _fill(side, known, progress or (lambda _done: None))
        # Works that changed since are few: a round or two catches up. Editors who never rest are caught up with below.
        for _round in range(_ROUNDS):
            changed = _changed_since(entries, known)
            if not changed:
                break
            for works in _batches(changed):
                rewritten = worker.write_works({work: changed[work] for work in works}, side)
                broken = {work: wrong for work, wrong in broken.items() if work not in works} | dict(rewritten.broken)
            known |= changed
        side.publish()
    # What was committed between the last look and the publishing went into the old index only.
    late = _changed_since(entries, known)
    _settle(entries, {work: version for work, version in known.items() if work not in broken})
    _note(engine.name, (written | broken.keys()) - known.keys())
    for works in _batches([*late, *broken]):
        entries.filter(work__in=works).update(indexed_version=0)
    worker.drain_into(engine)
    return Rebuilt(len(written - broken.keys()), len(broken), time.monotonic() - started)


def _fill(side: SideIndex, known: dict[str, int], progress: Callable[[int], None]) -> tuple[set[str], dict[str, str]]:
    """The works written, and what is wrong with those that could not be."""
    seen: set[str] = set()
    broken: dict[str, str] = {}

    def prepared() -> Iterator[EngineDocument]:
        for found in gathered(known):
            broken.update(found.broken)
            for document in found.documents:
                seen.add(document.work)
                if len(seen) % _STEP == 0:
                    progress(len(seen))
                yield document

    report = side.write(prepared())
    broken.update((work, reason(error)) for work, error in report.failed.items())
    # A work that is gone leaves its version, so that a writer who read it earlier cannot bring it back.
    side.write([], [Deletion(work, known[work]) for work in known.keys() - seen - broken.keys()])
    return seen - broken.keys(), broken


def _settle(entries: OutboxQuerySet, known: dict[str, int]) -> None:
    """What was pending is done, as far as it was known when the works were read; but for what waits for names."""
    pending = entries.pending().iterator(chunk_size=_STEP)
    now = timezone.now()
    done = [entry for entry in pending if entry.version == known.get(entry.work) and entry.names_settle() <= now]
    for start in range(0, len(done), _STEP):
        with transaction.atomic():
            for entry in done[start : start + _STEP]:
                entries.filter(pk=entry.pk, indexed_version__lt=entry.version).update(
                    indexed_version=entry.version, attempts=0, next_attempt=None, error=""
                )


def _note(index: str, works: set[str]) -> None:
    """Works of which the outbox knew nothing: their rows tell that this index has them."""
    for batch in _batches(sorted(works), _STEP):
        # One that a change has made meanwhile stays, and stays pending.
        OutboxEntry.objects.bulk_create(
            [OutboxEntry(index=index, work=work, version=1, indexed_version=1) for work in batch], ignore_conflicts=True
        )


def _versions(entries: OutboxQuerySet) -> dict[str, int]:
    return dict(entries.values_list("work", "version"))


def _changed_since(entries: OutboxQuerySet, known: dict[str, int]) -> dict[str, int]:
    """Works that changed, with their versions; those of which only names did wait until all know these."""
    waiting = entries.pending().filter(names_changed__isnull=False, next_attempt__gt=timezone.now(), attempts=0)
    later = set(waiting.values_list("work", flat=True))
    changed = ((work, version) for work, version in _versions(entries).items() if known.get(work) != version)
    return {work: version for work, version in changed if work not in later}


def _batches(works: Iterable[str], size: int = worker.BATCH) -> Iterator[list[str]]:
    left = iter(works)
    while batch := list(islice(left, size)):
        yield batch
