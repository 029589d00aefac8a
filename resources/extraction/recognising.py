"""The worker's part of text recognition: a minute of it a round, so that the rest of its work goes on.

When a scan is done the document is read again, with what was recognised.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from resources.extraction import jobs, recognition
from resources.extraction.types import FailureReason
from resources.leases import Leases
from resources.models import Recognition, RecognitionStatus

ROUND_SECONDS = 60.0
LEASES = Leases(length=timedelta(minutes=10), most_attempts=2, column="begun_at", notes_begin=True, same=("status",))
"""Longer than a round can take: whoever began it is gone."""


def recognise_next() -> bool:
    """Go on with the scan that has waited longest; False when none waits or nothing can recognise."""
    if recognition.program() is None:
        return False
    task = _taken_up()
    if task is None:
        return False
    if LEASES.is_exhausted(task):
        _end(task, FailureReason.INTERRUPTED)
        return True
    todo = [page for page in task.pages[: settings.OCR_PAGES] if str(page) not in task.texts]
    left = settings.OCR_SECONDS - task.seconds
    too_long = _recognise(task, todo, min(ROUND_SECONDS, left))
    done = all(str(page) in task.texts for page in task.pages)
    if done or too_long or task.seconds >= settings.OCR_SECONDS or len(task.texts) >= settings.OCR_PAGES:
        found_any = any(task.texts.values())
        _end(
            task, FailureReason.TOOK_TOO_LONG if not done or too_long else None if found_any else FailureReason.NO_TEXT
        )
    else:
        LEASES.put_back(task, texts=task.texts, seconds=task.seconds, attempts=0)
    return True


def _taken_up() -> Recognition | None:
    """The next task, for this worker alone. That it is tried is written down before it is: a scan that takes the worker
    with it is given up.
    """
    waiting = Recognition.objects.filter(LEASES.free(), status=RecognitionStatus.WAITING)
    return LEASES.take(waiting.select_related("document"))


def _recognise(task: Recognition, pages: list[int], seconds: float) -> bool:
    """Recognise pages for so long, into the task; whether a page took too long."""
    language = task.document.language or task.document.detected_language
    start = time.monotonic()
    too_long = False
    with ExitStack() as borrowed:
        for page in recognition.recognise(
            jobs.local_path(task.document, borrowed),
            pages,
            language,
            seconds=seconds,
            memory_mb=settings.OCR_MEMORY_MB,
            limits=jobs.limits(),
        ):
            # What the end of the round cut off is done again in the next one.
            if page.too_long and time.monotonic() - start >= seconds:
                break
            too_long = too_long or page.too_long
            task.texts[str(page.page)] = page.text
    task.seconds += time.monotonic() - start
    return too_long


def _end(task: Recognition, reason: FailureReason | None) -> None:
    """Note what came of a task. That its document is to be read again is noted in the same moment: a worker that dies
    over the reading loses nothing that was recognised.
    """
    found_any = any(task.texts.values())
    with transaction.atomic():
        ended = LEASES.own(task).update(
            status=RecognitionStatus.DONE if found_any else RecognitionStatus.FAILED,
            reason=reason.value if reason else "",
            texts=task.texts,
            seconds=task.seconds,
            language=task.document.language or task.document.detected_language,
        )
        if ended and found_any:
            jobs.to_be_read(task.document)
    if ended and found_any:
        jobs.extract(task.document)
