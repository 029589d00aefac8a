"""Reading the files of documents into their rows and passages. Of the package only this module, `noting` and
`recognising` touch models.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone

from resources.extraction import noting
from resources.extraction.cleaning import examined
from resources.extraction.reading import FileToRead, read_files
from resources.extraction.registry import identify
from resources.extraction.types import ExtractedText, ExtractionFailure, FailureReason, Limits, Outcome
from resources.models import ExtractionStatus, Passage, PortalDocument
from resources.models.file_keeping import checksum_of

document_read = Signal()
"""Sent with `document`, in the transaction that stores what was read from it or why it couldn't be."""

CHILDREN = 2
"""Files read at a time; more would take the processors from the visitors."""

_held = threading.local()


@contextmanager
def held() -> Iterator[None]:
    """Inside, no document needs reading when it is saved; `extract_many` reads them together. For imports of many."""
    before = getattr(_held, "depth", 0)
    _held.depth = before + 1
    try:
        yield
    finally:
        _held.depth = before


def needs_reading(document: PortalDocument) -> bool:
    """Whether the file is new, was replaced, or has since been said to be in another language than its passages are."""
    if getattr(_held, "depth", 0):
        return False
    if document.extraction_status == ExtractionStatus.PENDING or checksum_of(document.file) != document.checksum:
        return True
    return bool(document.language) and document.passages.exclude(language=document.language).exists()


def to_be_read(document: PortalDocument) -> None:
    """Note, in the running transaction, that the file is to be read again: whatever becomes of this process, the worker
    does it. How often it was tried before says nothing of this time.
    """
    document.extraction_status, document.extraction_attempts = ExtractionStatus.PENDING, 0
    PortalDocument.objects.filter(pk=document.pk).update(
        extraction_status=document.extraction_status, extraction_attempts=document.extraction_attempts
    )


def limits() -> Limits:
    """What the settings allow one file to cost."""
    return Limits(seconds=settings.EXTRACTION_SECONDS, memory_mb=settings.EXTRACTION_MEMORY_MB)


def extract(document: PortalDocument) -> None:
    """Read a document's file; store what it holds, or why it couldn't be read. Raises nothing for any file."""
    extract_many([document])


def extract_many(documents: Iterable[PortalDocument]) -> None:
    """Read the files of many documents, two at a time; each is stored on its own. Raises nothing for any file."""
    every = list(documents)
    with ExitStack() as borrowed:
        files = (_begun(document, borrowed) for document in every)
        readings = read_files(files, limits(), children=min(CHILDREN, max(len(every), 1)))
        for document, reading in zip(every, readings, strict=True):
            store(document, reading.outcome)


def _begun(document: PortalDocument, borrowed: ExitStack) -> FileToRead:
    """The file to read. That it is tried is written down first: a reading that takes the whole process with it counts
    too.
    """
    PortalDocument.objects.filter(pk=document.pk).update(extraction_attempts=F("extraction_attempts") + 1)
    document.extraction_attempts += 1
    return FileToRead(local_path(document, borrowed), Path(document.file.name).name)


def give_up(document: PortalDocument) -> None:
    """Mark a document whose reading was interrupted again and again: nothing waits for ever."""
    known = ExtractedText()
    with ExitStack() as borrowed, suppress(OSError):
        known = identify(local_path(document, borrowed))
    store(document, ExtractionFailure(FailureReason.INTERRUPTED, known))


def local_path(document: PortalDocument, borrowed: ExitStack) -> Path:
    """Where the file is on this machine; a storage elsewhere lends a copy until the reading is done."""
    try:
        return Path(document.file.path)
    except NotImplementedError:
        copy = borrowed.enter_context(tempfile.NamedTemporaryFile(prefix="lumbung-"))  # noqa: SIM115 - the stack closes it
    with suppress(OSError), document.file.storage.open(document.file.name, "rb") as file:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
    return Path(copy.name)


def store(document: PortalDocument, raw: Outcome) -> None:
    """Store what was read from a document's file, or why it couldn't be: its row, its passages and its picture."""
    whole, replaced = noting.with_recognised(document, raw)
    read = examined(whole, document.language, noting.decided(document, raw))
    outcome = read.outcome
    failure = outcome if isinstance(outcome, ExtractionFailure) else None
    found = outcome.known if isinstance(outcome, ExtractionFailure) else outcome
    document.detected_language = read.language
    document.media_type = found.content_type
    document.checksum = found.checksum
    document.pages = found.pages
    document.duration = found.duration
    document.extraction_status = ExtractionStatus.FAILED if failure else ExtractionStatus.EXTRACTED
    document.extraction_reason = failure.reason.value if failure else ""
    document.extracted_at = timezone.now()
    before, document.thumbnail = document.thumbnail.name, _keep_picture(document, found.thumbnail)
    passages = [] if failure else _passages(document, found)
    with transaction.atomic():
        stored = _write(document, passages)
        if stored:
            noting.note(document, read, scanned=found.scanned, replaced=replaced)
            document_read.send(sender=PortalDocument, document=document)
        unused = before if stored else document.thumbnail.name
        if unused and (not stored or unused != document.thumbnail.name):
            transaction.on_commit(lambda: document.thumbnail.storage.delete(unused))


def _keep_picture(document: PortalDocument, picture: bytes | None) -> str:
    """Save the picture of the first page; its name, or nothing."""
    if not picture:
        return ""
    name = f"thumbnails/{document.pk}-{hashlib.sha256(picture).hexdigest()[:16]}.webp"
    return document.thumbnail.storage.save(name, ContentFile(picture))


def _passages(document: PortalDocument, found: ExtractedText) -> list[Passage]:
    language = document.language or document.detected_language
    return [
        Passage(
            document=document,
            position=position,
            page=passage.page,
            start=passage.start,
            end=passage.end,
            language=language,
            text=passage.text,
        )
        for position, passage in enumerate(found.passages)
    ]


def _write(document: PortalDocument, passages: list[Passage]) -> bool:
    """Store the row and its passages; False for a document that was deleted or got another file while it was read."""
    row = PortalDocument.objects.filter(pk=document.pk, file=document.file.name)
    changed = row.update(
        detected_language=document.detected_language,
        media_type=document.media_type,
        checksum=document.checksum,
        pages=document.pages,
        duration=document.duration,
        thumbnail=document.thumbnail.name or "",
        extraction_status=document.extraction_status,
        extraction_reason=document.extraction_reason,
        extracted_at=document.extracted_at,
    )
    if not changed:
        return False
    Passage.objects.filter(document_id=document.pk).delete()
    Passage.objects.bulk_create(passages, batch_size=500)
    return True
