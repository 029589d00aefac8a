"""What the index holds against what the database says, work by work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from search import registry
from search.engines import get_engine
from search.engines.base import Indexed, SearchEngine
from search.indexing import worker
from search.indexing.prepare import digest
from search.models import OutboxEntry


class Kind(StrEnum):
    MISSING = "missing"
    DIFFERENT = "different"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Difference:
    """A work that the index lacks, holds otherwise, or holds though it is gone. `waiting`: the outbox knows of it."""

    work: str
    kind: Kind
    title: str = ""
    waiting: bool = False
    indexed_version: int = 0


def differences(engine: SearchEngine | None = None) -> Iterator[Difference]:
    """Every difference of an index (the one asked first by default); none is left out, since whole documents are
    compared. Raises `IndexUnavailable`.
    """
    engine = engine or get_engine()
    indexed: dict[str, Indexed] = {each.work: each for each in engine.documents()}
    waiting = set(OutboxEntry.objects.of(engine.name).pending().values_list("work", flat=True))
    for document in registry.documents():
        title = document.texts[0].title if document.texts else ""
        found = indexed.pop(document.work, None)
        if found is None:
            yield Difference(document.work, Kind.MISSING, title, document.work in waiting)
        elif found.digest != digest(document):
            yield Difference(document.work, Kind.DIFFERENT, title, document.work in waiting, found.version)
    for work, found in indexed.items():
        yield Difference(work, Kind.EXTRA, "", work in waiting, found.version)


def repair(found: Iterable[Difference], engine: SearchEngine | None = None) -> worker.Drained:
    """Index again the works that differ."""
    engine = engine or get_engine()
    now = timezone.now()
    for difference in found:
        entry, _created = OutboxEntry.objects.get_or_create(work=difference.work, index=engine.name)
        entry.version = worker.version_above(entry.version, difference.indexed_version)
        entry.changed, entry.attempts, entry.next_attempt, entry.error = now, 0, None, ""
        entry.save()
    return worker.drain_into(engine)
