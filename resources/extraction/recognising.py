"""The worker's part of text recognition: one scan a round, then the document is read again with what was recognised."""

from __future__ import annotations

from contextlib import ExitStack

from django.conf import settings
from django.db.models import F

from resources.extraction import jobs, recognition
from resources.extraction.types import FailureReason
from resources.models import Recognition, RecognitionStatus

MOST_ATTEMPTS = 2


def recognise_next() -> bool:
    """Recognise the scan that has waited longest; False when none waits or nothing can recognise."""
    if recognition.program() is None:
        return False
    task = Recognition.objects.filter(status=RecognitionStatus.WAITING).select_related("document").first()
    if task is None:
        return False
    # Written down first, and only by one worker: a scan that takes the worker with it is given up.
    mine = Recognition.objects.filter(pk=task.pk, status=RecognitionStatus.WAITING, attempts=task.attempts)
    if not mine.update(attempts=F("attempts") + 1):
        return False
    task.attempts += 1
    if task.attempts > MOST_ATTEMPTS:
        _end(task, {}, FailureReason.INTERRUPTED)
        return True
    language = task.document.language or task.document.detected_language
    texts: dict[str, str] = {}
    too_long = False
    with ExitStack() as borrowed:
        path = jobs.local_path(task.document, borrowed)
        for page in recognition.recognise(
            path,
            task.pages[: settings.OCR_PAGES],
            language,
            seconds=settings.OCR_SECONDS,
            memory_mb=settings.OCR_MEMORY_MB,
            limits=jobs.limits(),
        ):
            too_long = too_long or page.too_long
            texts[str(page.page)] = page.text
    missing = len(texts) < len(task.pages) or too_long
    some = {page: text for page, text in texts.items() if text}
    _end(task, some, FailureReason.TOOK_TOO_LONG if missing else None if some else FailureReason.NO_TEXT, language)
    return True


def _end(task: Recognition, texts: dict[str, str], reason: FailureReason | None, language: str = "") -> None:
    Recognition.objects.filter(pk=task.pk).update(
        status=RecognitionStatus.DONE if texts else RecognitionStatus.FAILED,
        reason=reason.value if reason else "",
        texts=texts,
        language=language,
    )
    if texts:
        jobs.extract(task.document)
