"""What happens by itself: in the worker's rounds runs go on and old ones go; files go with their run."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from resources.imports import queue
from resources.imports.models import Run
from search.signals import worker_round

_tidied: date | None = None


def connect() -> None:
    """The receivers below are connected by being imported; named so that an application's start can say it."""


@receiver(worker_round, dispatch_uid="resources.imports")
def on_round(**_signal: Any) -> None:
    """One turn a round, so that indexing is not kept waiting; tidying once a day of each worker."""
    global _tidied
    queue.work()
    today = timezone.localdate()
    if _tidied != today:
        queue.tidy()
        _tidied = today


@receiver(post_delete, sender=Run)
def _files_go_too(instance: Run, **_kwargs: Any) -> None:
    folder = Path(default_storage.path(f"imports/{instance.folder}"))
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))
