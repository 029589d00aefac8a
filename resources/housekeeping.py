"""The library's regular work, done by `run_worker`: what is scheduled, files whose reading or keeping was interrupted,
scans, and what writes that came to nothing left on the disk.
"""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from resources import left_behind, page_pictures
from resources.extraction import jobs, recognising
from resources.models import DocumentVersion, ExtractionStatus, PortalDocument
from resources.models.file_version import FOLDER

EVERY_SECONDS = 20
# A file uploaded a moment ago is being read by the process that took it.
LEFT_BEHIND = timedelta(minutes=5)
MOST_ATTEMPTS = 5
SWEPT_EVERY_SECONDS = 24 * 3600

_last: float | None = None
_swept: float | None = None


def round_of_work(*, at_once: bool = False) -> None:
    """Publish and withdraw what is scheduled, read what waits, recognise one scan, remove what nobody knows. At most
    once in twenty seconds, unless `at_once`.
    """
    global _last, _swept
    now = time.monotonic()
    if not at_once and _last is not None and now - _last < EVERY_SECONDS:
        return
    _last = now
    call_command("publish_scheduled")
    waiting = PortalDocument.objects.filter(
        extraction_status=ExtractionStatus.PENDING, created_at__lt=timezone.now() - LEFT_BEHIND
    ).order_by("created_at")
    for document in waiting.filter(extraction_attempts__gte=MOST_ATTEMPTS)[:20]:
        jobs.give_up(document)
    jobs.extract_many(waiting.filter(extraction_attempts__lt=MOST_ATTEMPTS)[:20])
    recognising.recognise_next()
    page_pictures.forget_old_ones()
    left_behind.sweep()
    if _swept is None or now - _swept >= SWEPT_EVERY_SECONDS:
        _swept = now
        sweep_file_versions()


def sweep_file_versions() -> int:
    """Delete files that were kept for a version which then wasn't written; how many. A day old, so that no write is
    under way.
    """
    storage = DocumentVersion._meta.get_field("file").storage
    try:
        folder = Path(storage.path(FOLDER))
    except NotImplementedError:
        return 0
    long_ago = time.time() - SWEPT_EVERY_SECONDS
    found = 0
    for document in folder.iterdir() if folder.is_dir() else ():
        if not document.name.isdecimal():
            continue
        known = set(DocumentVersion.objects.filter(document=int(document.name)).values_list("file", flat=True))
        for path in document.rglob("*"):
            # A link has the times of its file: that of the folder tells when it was made.
            is_old = path.is_file() and path.parent.stat().st_mtime < long_ago
            if is_old and str(path.relative_to(folder.parent)) not in known:
                path.unlink(missing_ok=True)
                found += 1
    return found
