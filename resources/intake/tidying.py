"""Files of uploads that were never acknowledged: the process ended between the disk and the database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from resources.intake.models import DroppedFile
from resources.models import PortalDocument

FOLDER = "documents/drop"
LEFT_BEHIND = timedelta(days=1)


def tidy() -> int:
    """Remove what no row names for a day; how many files that were."""
    try:
        folder = Path(default_storage.path(FOLDER))
    except NotImplementedError:
        return 0
    if not folder.is_dir():
        return 0
    before = (timezone.now() - LEFT_BEHIND).timestamp()
    old = [path for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < before]
    removed = 0
    for path in old:
        name = f"{FOLDER}/{path.name}"
        if not (DroppedFile.objects.filter(file=name).exists() or PortalDocument.objects.filter(file=name).exists()):
            path.unlink(missing_ok=True)
            removed += 1
    return removed
