"""The library's regular work, done by `run_worker`: what is scheduled, and files whose reading was interrupted."""

from __future__ import annotations

import time
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from resources.extraction import jobs
from resources.models import ExtractionStatus, PortalDocument

EVERY_SECONDS = 20
# A file uploaded a moment ago is being read by the process that took it.
LEFT_BEHIND = timedelta(minutes=5)
MOST_ATTEMPTS = 3

_last: float | None = None


def round_of_work(*, at_once: bool = False) -> None:
    """Publish and withdraw what is scheduled; read what waits. At most once in twenty seconds unless `at_once`."""
    global _last
    now = time.monotonic()
    if not at_once and _last is not None and now - _last < EVERY_SECONDS:
        return
    _last = now
    call_command("publish_scheduled")
    waiting = PortalDocument.objects.filter(
        extraction_status=ExtractionStatus.PENDING,
        extraction_attempts__lt=MOST_ATTEMPTS,
        created_at__lt=timezone.now() - LEFT_BEHIND,
    )
    jobs.extract_many(waiting.order_by("created_at")[:20])
