"""The library's regular work, done by `run_worker`: what is scheduled, files whose reading or keeping was interrupted,
scans, and what writes that came to nothing left on the disk.
"""

from __future__ import annotations

import time
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from resources import left_behind, page_pictures
from resources.extraction import jobs, recognising
from resources.models import ExtractionStatus, PortalDocument

EVERY_SECONDS = 20
# A file uploaded a moment ago is being read by the process that took it.
LEFT_BEHIND = timedelta(minutes=5)
MOST_ATTEMPTS = 5

_last: float | None = None


def round_of_work(*, at_once: bool = False) -> None:
    """Publish and withdraw what is scheduled, read what waits, recognise one scan, remove what nobody knows. At most
    once in twenty seconds, unless `at_once`.
    """
    global _last
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
