"""Works off the outbox: each due work is read from the database as it is now and written to the index, or taken out of
it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from search import registry
from search.engines import answering, engines
from search.engines.base import Deletion, EngineDocument, IndexState, SearchEngine, SideIndex, WriteReport
from search.errors import IndexMissing, IndexUnavailable, SearchError
from search.indexing.prepare import prepare
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
        if not answering.is_well(engine):
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
    """Write the works of `entries`, as the database has them now, to `target`. The versions were read before the works
    are.
    """
    upserts, deletes, broken = _read(entries)
    report, refused = _write(target, upserts, deletes)
    broken |= refused
    for entry in entries:
        if entry.work in broken:
            _put_off(entry, broken[entry.work])
        else:
            # Only as far as the version that was read: a change since then stays pending.
            OutboxEntry.objects.filter(pk=entry.pk, indexed_version__lt=entry.version).update(
                indexed_version=entry.version, attempts=0, next_attempt=None, error=""
            )
    return Drained(report.written, report.deleted, len(broken))


def _write(
    target: SearchEngine | SideIndex, upserts: Sequence[EngineDocument], deletes: Sequence[Deletion]
) -> tuple[WriteReport, dict[str, Exception]]:
    """What was written, and the works that the engine itself will not take: one of them holds up no other."""
    try:
        return target.write(upserts, deletes), {}
    except IndexUnavailable:
        raise
    except SearchError:
        logger.warning("The engine refuses a work in a batch of %d; taking them one by one.", len(upserts))
    report = target.write([], deletes)
    written = 0
    refused: dict[str, Exception] = {}
    for document in upserts:
        try:
            written += target.write([document]).written
        except IndexUnavailable:
            raise
        except SearchError as error:
            logger.exception("The work %s cannot be indexed.", document.work)
            refused[document.work] = error
    return WriteReport(written, report.deleted), refused


def _read(entries: Sequence[OutboxEntry]) -> tuple[list[EngineDocument], list[Deletion], dict[str, Exception]]:
    versions = {entry.work: entry.version for entry in entries}
    broken: dict[str, Exception] = {}
    try:
        found = _prepared(versions, list(versions))
    except Exception:
        logger.warning("A work in a batch of %d cannot be read; taking them one by one.", len(versions), exc_info=True)
        found, broken = _one_by_one(versions)
    gone = [work for work in versions if work not in found and work not in broken]
    return list(found.values()), [Deletion(work, versions[work]) for work in gone], broken


def _prepared(versions: dict[str, int], works: list[str]) -> dict[str, EngineDocument]:
    documents = registry.documents(works)
    return {
        each.work: prepare(replace(each, version=versions[each.work])) for each in documents if each.work in versions
    }


def _one_by_one(versions: dict[str, int]) -> tuple[dict[str, EngineDocument], dict[str, Exception]]:
    found: dict[str, EngineDocument] = {}
    broken: dict[str, Exception] = {}
    for work in versions:
        try:
            found |= _prepared(versions, [work])
        except Exception as error:
            logger.exception("The work %s cannot be indexed.", work)
            broken[work] = error
    return found, broken


def _put_off(entry: OutboxEntry, error: Exception) -> None:
    pause = min(_FIRST_PAUSE * 2 ** min(entry.attempts, 16), _LONGEST_PAUSE)
    OutboxEntry.objects.filter(pk=entry.pk, version=entry.version).update(
        attempts=entry.attempts + 1,
        next_attempt=timezone.now() + pause,
        error=f"{type(error).__name__}: {error}"[:2000],
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
