"""Pictures of the pages of documents, drawn when an editor looks at them and kept for some days."""

from __future__ import annotations

import time
from contextlib import ExitStack, suppress
from datetime import timedelta
from threading import BoundedSemaphore

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from resources.extraction import jobs
from resources.extraction.drawing import Drawer
from resources.models import PortalDocument

FOLDER = "page_pictures"
WIDTH, TALLEST = 900, 1_400
KEPT = timedelta(days=7)
SWEEP_SECONDS = 3_600.0

# Each takes a child with memory of its own; browsers ask for six pictures at once.
_at_once = BoundedSemaphore(2)
_swept: float | None = None


def page_picture(document: PortalDocument, page: int) -> bytes | None:
    """Return a page of a PDF (counted from 1) as a WebP image, drawn now or kept; None if it can't be drawn."""
    if not document.is_pdf or not document.checksum or not 1 <= page <= (document.pages or 0):
        return None
    name = f"{FOLDER}/{document.checksum}/{page}.webp"
    with suppress(OSError), default_storage.open(name, "rb") as kept:
        return bytes(kept.read())
    with _at_once, ExitStack() as borrowed, Drawer(jobs.local_path(document, borrowed), jobs.limits()) as drawer:
        picture = drawer.draw(page, WIDTH, TALLEST)
    if picture and not default_storage.exists(name):
        default_storage.save(name, ContentFile(picture))
    return picture


def forget_old_ones() -> None:
    """Delete pictures drawn more than a week ago. Looks at most once an hour."""
    global _swept
    now = time.monotonic()
    if _swept is not None and now - _swept < SWEEP_SECONDS:
        return
    _swept = now
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except OSError:
        return
    before = timezone.now() - KEPT
    for folder in folders:
        _, names = default_storage.listdir(f"{FOLDER}/{folder}")
        for name in names:
            picture = f"{FOLDER}/{folder}/{name}"
            with suppress(OSError):
                if default_storage.get_modified_time(picture) < before:
                    default_storage.delete(picture)
        with suppress(OSError):
            if not any(default_storage.listdir(f"{FOLDER}/{folder}")):
                default_storage.delete(f"{FOLDER}/{folder}")
