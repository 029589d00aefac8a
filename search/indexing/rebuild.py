"""The whole index anew, beside the old one, which answers until the new one takes its place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from search.engines import get_engine
from search.engines.base import Deletion, EngineDocument, SearchEngine, SideIndex
from search.indexing import worker
from search.indexing.gathering import gathered
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
    """Make an index (the one asked first by default) anew from the database and put it in the old one's place;
    `progress` is told the works done so far.

    Changes made meanwhile are in the new index. Raises `RebuildRunning` when somebody else is at it.
    """
    started = time.monotonic()
    engine = engine or get_engine()
    entries = OutboxEntry.objects.of(engine.name)
    with engine.rebuild() as side:
        known = _versions(entries)
        written, failed = _fill(side, entries, known, progress or (lambda _done: None))
        # Works that changed since are few: a round or two catches up. Editors who never rest are caught up with below.
        for _round in range(_ROUNDS):
            changed = _changed_since(entries, known)
            if not changed:
                break
            known |= changed
            worker.index_entries(list(entries.filter(work__in=list(changed))), side)
        side.publish()
    unheard = written - known.keys()
    _note(engine.name, unheard)
    known |= dict.fromkeys(unheard, 1)
    # What was committed between the last look and the publishing went into the old index only.
    late = _changed_since(entries, known)
    entries.filter(work__in=list(late)).update(indexed_version=0)
    worker.drain_into(engine)
    return Rebuilt(len(written), failed, time.monotonic() - started)


def _note(index: str, works: set[str]) -> None:
    """Works of which the outbox knew nothing: their rows tell that this index has them."""
    rows = (OutboxEntry(index=index, work=work, version=1, indexed_version=1) for work in sorted(works))
    while batch := list(islice(rows, _STEP)):
        # One that a change has made meanwhile stays, and stays pending.
        OutboxEntry.objects.bulk_create(batch, ignore_conflicts=True)


def _fill(
    side: SideIndex, entries: OutboxQuerySet, known: dict[str, int], progress: Callable[[int], None]
) -> tuple[set[str], int]:
    seen: set[str] = set()
    broken: set[str] = set()

    def prepared() -> Iterator[EngineDocument]:
        for found in gathered(known):
            broken.update(found.broken)
            for document in found.documents:
                seen.add(document.work)
                if len(seen) % _STEP == 0:
                    progress(len(seen))
                yield document

    side.write(prepared())
    # A work that is gone leaves its version, so that a writer who read it earlier cannot bring it back.
    side.write([], [Deletion(work, version) for work, version in known.items() if work not in seen])
    _settle(entries, {work: version for work, version in known.items() if work not in broken})
    return seen, len(broken)


def _settle(entries: OutboxQuerySet, known: dict[str, int]) -> None:
    """What was pending is done, as far as it was known when the works were read."""
    done = (entry for entry in entries.pending() if entry.version == known.get(entry.work))
    while batch := list(islice(done, _STEP)):
        with transaction.atomic():
            for entry in batch:
                OutboxEntry.objects.filter(pk=entry.pk).update(
                    indexed_version=entry.version, attempts=0, next_attempt=None, error=""
                )


def _versions(entries: OutboxQuerySet) -> dict[str, int]:
    return dict(entries.values_list("work", "version"))


def _changed_since(entries: OutboxQuerySet, known: dict[str, int]) -> dict[str, int]:
    return {work: version for work, version in _versions(entries).items() if known.get(work) != version}
