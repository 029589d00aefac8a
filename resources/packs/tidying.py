"""Packs that were begun and forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from resources.packs.models import Pack

FORGOTTEN = timedelta(days=30)


def remove_forgotten() -> int:
    """Delete packs that hold nothing, were never handed out and that nobody touched for `FORGOTTEN`; how many."""
    return sum(_remove(key) for key in list(_forgotten().values_list("pk", flat=True)))


def _remove(key: int) -> bool:
    with transaction.atomic():
        # First of all a write: who puts something in at this moment waits, or was quicker and keeps the pack.
        if not _forgotten().filter(pk=key).update(hidden=F("hidden")):
            return False
        Pack.objects.filter(pk=key).delete()
        return True


def _forgotten() -> QuerySet[Pack]:
    """Nobody's work is lost with them: what somebody wrote at length, or as headings, keeps a pack."""
    empty = Pack.objects.filter(introduction="", editions__isnull=True, items__isnull=True)
    written = Pack.objects.filter(sections__title__gt="")
    return empty.filter(updated__lt=timezone.now() - FORGOTTEN).exclude(pk__in=written.values("pk"))
