"""Which works are new: each is noticed once, when everyone may find it for the first time.

A work's own date says nothing of this: what came out years ago is put into the library today, and what was for a few
readers is opened later.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef
from django.utils import timezone

from search.alerts.models import KnownWork, SavedSearch, latest_public
from search.engines import answering, engines
from search.engines.base import EngineQuery, SearchEngine
from search.engines.clauses import Of
from search.errors import IndexUnavailable
from search.models import OutboxEntry
from search.types import PUBLIC

_BATCH = 500
_A_SLIP = timedelta(days=1)
"""A work that is shut again within this time, before any mail told of it, was opened by mistake."""

_seen: Hashable | None = None


def notice() -> int:
    """Look at the works that changed in the index since the last time; how many there were.

    Raises `IndexUnavailable`; nothing is lost then.
    """
    # All of a large library takes longer than one answer may, so that this is not for `answering.ask`.
    engine = next(each for each in engines() if answering.is_well(each))
    try:
        return _notice(engine)
    except IndexUnavailable as error:
        answering.failed(engine, error)
        raise


def _notice(engine: SearchEngine) -> int:
    global _seen
    stamp = engine.stamp()
    if stamp is not None and stamp == _seen:
        return 0
    # What is in the index but not noted as being there is left for later, and the index will not change for it again.
    waiting = OutboxEntry.objects.of(engine.name).pending().exists()
    changed = list(_changed(engine))
    public = dict(_public(engine, [work for work, _changed in changed]))
    if changed:
        _note(changed, public)
    _seen = None if waiting else stamp
    return len(changed)


def forget() -> None:
    """Look again even if the index is the same."""
    global _seen
    _seen = None


def _changed(engine: SearchEngine) -> Iterator[tuple[str, datetime]]:
    """(work, time of its change) of what the index has and was not looked at since."""
    looked_at = KnownWork.objects.filter(work=OuterRef("work"), changed__gte=OuterRef("changed"))
    indexed = OutboxEntry.objects.of(engine.name).filter(indexed_version__gte=F("version"))
    return indexed.exclude(Exists(looked_at)).values_list("work", "changed").iterator()


def _public(engine: SearchEngine, works: Sequence[str]) -> Iterator[tuple[str, date]]:
    """(work, its own date) of those of `works` that everyone may find."""
    for start in range(0, len(works), _BATCH):
        batch = tuple(works[start : start + _BATCH])
        found = engine.search(EngineQuery(match=Of(batch), readers=frozenset({PUBLIC}), limit=len(batch)))
        for hit in found.hits:
            yield hit.work, date.fromisoformat(hit.stored["date"])


def _note(changed: Sequence[tuple[str, datetime]], public: dict[str, date]) -> None:
    with transaction.atomic():
        # Whoever notices waits here for others who do: what is noticed later has a later time.
        list(KnownWork.objects.select_for_update().order_by("pk")[:1])
        latest = latest_public()
        now = max(timezone.now(), latest + timedelta(microseconds=1)) if latest else timezone.now()
        if KnownWork.objects.exists():
            _note_changes(changed, public, now)
        else:
            _note_all(changed, public, now)


def _note_changes(changed: Sequence[tuple[str, datetime]], public: dict[str, date], now: datetime) -> None:
    new: list[KnownWork] = []
    for start in range(0, len(changed), _BATCH):
        batch = changed[start : start + _BATCH]
        known = {each.work: each for each in KnownWork.objects.filter(work__in=[work for work, _at in batch])}
        for work, at in batch:
            if work not in known:
                new.append(KnownWork(work=work, changed=at, public_since=now if work in public else None))
                continue
            each = known[work]
            each.changed = at
            if work in public:
                each.public_since = each.public_since or now
            elif each.public_since and not each.told and now - each.public_since < _A_SLIP:
                each.public_since = None
        KnownWork.objects.bulk_update(known.values(), ["changed", "public_since"])
    KnownWork.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)


def _note_all(changed: Sequence[tuple[str, datetime]], public: dict[str, date], now: datetime) -> None:
    """The first time: what the library has already is as old as it says, unless somebody asked before it came."""
    asked = SavedSearch.objects.aggregate(first=Min("created"))["first"]
    works = []
    for work, at in changed:
        since = None
        if work in public:
            own = datetime.combine(public[work], time.min, UTC)
            since = now if asked and at > asked else min(own, now)
        works.append(KnownWork(work=work, changed=at, public_since=since))
    KnownWork.objects.bulk_create(works, batch_size=_BATCH, ignore_conflicts=True)
