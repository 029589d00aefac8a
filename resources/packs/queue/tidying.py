"""What is not kept: exports that nobody fetched for a while, and files that no edition shows any more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from resources.packs.models import Export, KeptFile

UNUSED = timedelta(days=30)
_LEFT_BEHIND = timedelta(days=1)


def tidy() -> None:
    """Remove what nobody needs. What was made within a day stays: an edition may just be about to name it."""
    now = timezone.now()
    for export in Export.objects.filter(used__lt=now - UNUSED):
        export.delete()
    for kept in KeptFile.objects.filter(editions=None, created__lt=now - _LEFT_BEHIND):
        kept.delete()
    _sweep(now.timestamp() - _LEFT_BEHIND.total_seconds())


def _sweep(before: float) -> None:
    """Files of exports that a worker had begun when it died, or whose row went while they were written."""
    folder = Path(default_storage.path("packs/exports"))
    if not folder.is_dir():
        return
    named = {Path(name).name for name in Export.objects.exclude(file="").values_list("file", flat=True)}
    for path in folder.iterdir():
        if path.name not in named and path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
