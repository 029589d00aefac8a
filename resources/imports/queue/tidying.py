"""What is not kept for ever: the files of runs that are over, and runs that nobody went on with."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from resources.imports.models import WORKING, Run, RunStatus

KEPT = timedelta(days=90)
"""How long a run can be looked up and undone."""
FORGOTTEN = timedelta(days=14)
_LEFT_BEHIND = timedelta(days=1)


def tidy() -> None:
    """Remove old runs, those that were begun and left, and folders that belong to none."""
    now = timezone.now()
    idle = Run.objects.exclude(status__in=WORKING)
    idle.filter(made__lt=now - KEPT).delete()
    begun = (RunStatus.MAPPING, RunStatus.READY, RunStatus.FAILED)
    idle.filter(status__in=begun, made__lt=now - FORGOTTEN).delete()
    _sweep((now - _LEFT_BEHIND).timestamp())


def _sweep(before: float) -> None:
    folder = Path(default_storage.path("imports"))
    if not folder.is_dir():
        return
    known = set(Run.objects.values_list("folder", flat=True))
    for path in folder.iterdir():
        if path.name not in known and path.stat().st_mtime < before:
            shutil.rmtree(path, ignore_errors=True)
