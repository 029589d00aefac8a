"""Works off the outbox: each due work is read from the database as it is now and written to the index, or taken out of
it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from search.concepts import concept_table
from search.engines import answering, engines
from search.engines.base import Deletion, IndexState, SearchEngine, SideIndex, WriteReport
from search.errors import IndexMissing, IndexUnavailable
from search.indexing.gathering import read, reason
from search.models import OutboxEntry

logger = logging.getLogger(__name__)

BATCH = 100
_FIRST_PAUSE = timedelta(seconds=15)
_LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Drained:
    """What a round did: works written, works taken out, works that failed and stay in the outbox."""

    written: int = 0
    deleted: int = 0
    failed: int = 0

    def __add__(self, other: Drained) -> Drained:
        return Drained(self.written + other.written, self.deleted + other.deleted, self.failed + other.failed)


def drain(*, limit: int | None = None) -> Drained:
    """Index what is due, at most `limit` works an index; those that changed last come first.

    A work that fails is put off, longer each time, and stops nothing else. Raises `IndexUnavailable` when an index
    itself cannot be written, after the other indexes were; nothing is put off then. An engine that is known to be
    unwell is left to `run_worker`, which needn't hurry.
    """
    done = Drained()
    raised: list[IndexUnavailable] = []
    for engine in engines():
        if not answering.may_be_written(engine):
            continue
        try:
            done += drain_into(engine, limit=limit)
        except IndexUnavailable as error:
            answering.failed(engine, error)
            raised.append(error)
    if raised:
        raise raised[0]
    return done


def drain_into(engine: SearchEngine, *, limit: int | None = None) -> Drained:
    """Index what is due in one index; see `drain`."""
    done = Drained()
    seen = 0
    while limit is None or seen < limit:
        due = OutboxEntry.objects.of(engine.name).due()
        entries = list(due[: BATCH if limit is None else min(BATCH, limit - seen)])
        if not entries:
            break
        seen += len(entries)
        make_first_index(engine)
        done += index_entries(entries, engine)
    return done


def index_entries(entries: Sequence[OutboxEntry], target: SearchEngine | SideIndex) -> Drained:
    """Write the works of `entries`, as the database has them now, to `target`, and note what came of it. The versions
    were read before the works are.
    """
    written = write_works({entry.work: entry.version for entry in entries}, target)
    now = timezone.now()
    done: defaultdict[int, list[int]] = defaultdict(list)
    for entry in entries:
        row = OutboxEntry.objects.filter(pk=entry.pk)
        if entry.work in written.broken:
            _put_off(entry, written.broken[entry.work])
        elif entry.work in written.refused:
            # The index is ahead of a database restored from a backup; where somebody else was quicker, nothing is due.
            row.filter(version=entry.version).update(version=version_above(entry.version))
        elif (again := entry.names_settle()) > now:
            # Written with names that may be old ones: once more, when every process has read the new ones.
            row.filter(version=entry.version).update(next_attempt=again, attempts=0, error="")
        else:
            done[entry.version].append(entry.pk)
    for version, rows in done.items():
        # Only as far as the version that was read: a change since then stays pending.
        OutboxEntry.objects.filter(pk__in=rows, indexed_version__lt=version).update(
            indexed_version=version, attempts=0, next_attempt=None, error=""
        )
    return Drained(written.report.written, written.report.deleted, len(written.broken))


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing works: what the engine says, and what was wrong with those that could not be read, or that
    it would not take.
    """

    report: WriteReport
    broken: Mapping[str, str]

    @property
    def refused(self) -> frozenset[str]:
        """Works of which the index holds something newer."""
        return frozenset(self.report.refused)


def write_works(versions: Mapping[str, int], target: SearchEngine | SideIndex) -> Written:
    """Write works with these versions, as the database has them now; those that are gone are taken out."""
    found = read(versions, concept_table())
    there = {document.work for document in found.documents}
    gone = [work for work in versions if work not in there and work not in found.broken]
    report = target.write(found.documents, [Deletion(work, versions[work]) for work in gone])
    return Written(report, {**found.broken, **{work: reason(error) for work, error in report.failed.items()}})


def version_above(*versions: int) -> int:
    """A version above these, and above all that an index may know of a work that it lost: no work has changed as often
    as seconds have passed.
    """
    return max(*versions, int(timezone.now().timestamp())) + 1


def _put_off(entry: OutboxEntry, wrong: str) -> None:
    pause = min(_FIRST_PAUSE * 2 ** min(entry.attempts, 16), _LONGEST_PAUSE)
    OutboxEntry.objects.filter(pk=entry.pk, version=entry.version).update(
        attempts=entry.attempts + 1, next_attempt=timezone.now() + pause, error=wrong
    )


def make_first_index(engine: SearchEngine) -> None:
    """Make an empty index for a portal that never had one.

    One that was lost, or that comes to an index that stands already, has to be rebuilt, or it would hold the next work
    alone: `IndexMissing` says so.
    """
    if engine.health().state is not IndexState.MISSING:
        return
    if had_works(engine):
        raise IndexMissing("The search index is gone. Run: manage.py search_index --rebuild")
    engine.create()


def had_works(engine: SearchEngine) -> bool:
    """Whether more was indexed, here or in another index, than what waits to be put into this one."""
    own = OutboxEntry.objects.of(engine.name)
    waiting = own.filter(indexed_version=0).values("work")
    return OutboxEntry.objects.filter(indexed_version__gt=0).exclude(work__in=waiting).exists()
