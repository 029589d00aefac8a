"""What happens by itself: in the worker's rounds exports are made, and old ones and forgotten packs removed; files go
with their rows, and a pack that is deleted leaves search in the same transaction.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from resources.packs import queue
from resources.packs.editions import search_key
from resources.packs.models import Export, KeptFile, Pack
from resources.packs.tidying import remove_forgotten
from search.indexing import outbox
from search.signals import worker_round

_tidied: date | None = None


def connect() -> None:
    """The receivers below are connected by being imported; named so that an application's start can say it."""


@receiver(worker_round, dispatch_uid="resources.packs")
def on_round(**_signal: Any) -> None:
    """One export a round, so that indexing is not kept waiting; tidying once a day of each worker."""
    global _tidied
    queue.make_next()
    today = timezone.localdate()
    if _tidied != today:
        queue.tidy()
        remove_forgotten()
        _tidied = today


@receiver(post_delete, sender=Export)
@receiver(post_delete, sender=KeptFile)
def _file_goes_too(instance: Export | KeptFile, **_kwargs: Any) -> None:
    name = instance.file.name
    if name:
        transaction.on_commit(lambda: instance.file.storage.delete(name))


@receiver(post_delete, sender=Pack)
def _pack_deleted(instance: Pack, **_kwargs: Any) -> None:
    outbox.enqueue(search_key(instance.code))
