"""The worker's part of text recognition: a minute of it a round, so that the rest of its work goes on.

When a scan is done the document is read again, with what was recognised.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from resources.extraction import jobs, recognition
from resources.extraction.types import FailureReason
from resources.models import Recognition, RecognitionStatus

MOST_ATTEMPTS = 2
ROUND_SECONDS = 60.0
LEFT_BEHIND = timedelta(minutes=10)
"""Longer than a round can take: whoever began it is gone."""


def recognise_next() -> bool:
    """Go on with the scan that has waited longest; False when none waits or nothing can recognise."""
    if recognition.program() is None:
        return False
    task = _taken_up()
    if task is None:
        return False
    if task.attempts > MOST_ATTEMPTS:
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
        Recognition.objects.filter(pk=task.pk).update(texts=task.texts, seconds=task.seconds, begun_at=None, attempts=0)
    return True


def _reason(task: Recognition, *, whole: bool) -> FailureReason | None:
    if not whole:
        return FailureReason.TOOK_TOO_LONG
    return None if any(task.texts.values()) else FailureReason.NO_TEXT


def _taken_up() -> Recognition | None:
    """The next task, for this worker alone. That it is tried is written down before it is: a scan that takes the worker
    with it is given up.
    """
    free = Q(begun_at=None) | Q(begun_at__lt=timezone.now() - LEFT_BEHIND)
    waiting = Recognition.objects.filter(free, status=RecognitionStatus.WAITING)
    task = waiting.select_related("document").first()
    if task is None:
        return None
    mine = waiting.filter(pk=task.pk).update(begun_at=timezone.now(), attempts=F("attempts") + 1)
    task.attempts += 1
    return task if mine else None


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
            # What the end of the round cut off is done anew in the next one.
            if page.too_long and time.monotonic() - start >= seconds:
                break
            too_long = too_long or page.too_long
            task.texts[str(page.page)] = page.text
    task.seconds += time.monotonic() - start
    return too_long


def _end(task: Recognition, reason: FailureReason | None) -> None:
    found_any = any(task.texts.values())
    Recognition.objects.filter(pk=task.pk).update(
        status=RecognitionStatus.DONE if found_any else RecognitionStatus.FAILED,
        reason=reason.value if reason else "",
        texts=task.texts,
        seconds=task.seconds,
        language=task.document.language or task.document.detected_language,
    )
    if found_any:
        jobs.extract(task.document)
