"""What happens by itself: in the worker's rounds dropped files are read and published and texts are signed; bytes go
with the last row that names them.
"""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from resources.intake import queue
from resources.intake.likeness import sign_waiting
from resources.intake.models import DroppedFile
from resources.intake.tidying import tidy
from resources.models import PortalDocument
from search.signals import worker_round

SIGN_EVERY_SECONDS = 60.0
_tidied: date | None = None
_next_signing = 0.0


def connect() -> None:
    """The receivers below are connected by being imported; named so that an application's start can say it."""


@receiver(worker_round, dispatch_uid="resources.intake")
def on_round(**_signal: Any) -> None:
    global _tidied, _next_signing
    queue.work_off()
    if time.monotonic() >= _next_signing:
        # As long as there are some, the next ones come in the next round.
        _next_signing = time.monotonic() + (0.0 if sign_waiting() else SIGN_EVERY_SECONDS)
    today = timezone.localdate()
    if _tidied != today:
        tidy()
        _tidied = today


@receiver(post_delete, sender=DroppedFile)
def _bytes_go_too(instance: DroppedFile, **_kwargs: Any) -> None:
    name = instance.file.name
    if name and not PortalDocument.objects.filter(file=name).exists():
        transaction.on_commit(lambda: instance.file.storage.delete(name))
