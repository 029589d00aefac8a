"""What is not kept: counts that are old, and texts that hardly anybody asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from search.statistics import storing
from search.statistics.gathering import Key
from search.statistics.models import OTHERS, FilterCount, OpenedCount, SearchCount

RARE = 3
"""A text asked less often than this may be a name, or else tell of one person."""
RARE_DAYS = 30
_AT_ONCE = 2000

_done: date | None = None


def on_round(**_signal: Any) -> None:
    """Once a day of each worker."""
    global _done
    today = timezone.localdate()
    if _done != today:
        tidy(today)
        _done = today


def tidy(today: date) -> None:
    """Remove counts older than the settings keep them, and fold rare texts that are older than 30 days into
    the others.
    """
    oldest = today - timedelta(days=settings.SEARCH_STATISTICS_DAYS)
    for model in (SearchCount, FilterCount, OpenedCount):
        model.objects.filter(day__lt=oldest).delete()
    while _fold_some(today - timedelta(days=RARE_DAYS)):
        pass


def _fold_some(before: date) -> bool:
    """Fold some rows of rare texts; whether there were any."""
    totals = SearchCount.objects.exclude(text=OTHERS).values("text").annotate(total=Sum("asked"))
    rare = totals.filter(total__lt=RARE).values("text")
    with transaction.atomic():
        # Locked, so that a second worker folds none of them again.
        rows = list(SearchCount.objects.select_for_update().filter(day__lt=before, text__in=rare)[:_AT_ONCE])
        if rows:
            _add_to_others(rows)
            SearchCount.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return bool(rows)


def _add_to_others(rows: Iterable[SearchCount]) -> None:
    sums: dict[Key, Counter[str]] = {}
    for row in rows:
        own = sums.setdefault(Key(SearchCount, row.day, row.language, OTHERS), Counter())
        own.update({counter: getattr(row, counter) for counter in SearchCount.counters})
    storing.add(
        SearchCount,
        [(key, [own[counter] for counter in SearchCount.counters]) for key, own in sums.items()],
    )
