"""Making what was asked for, one at a time; a worker that dies leaves a lease that runs out, and the next one begins
again.
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from resources.packs.editions import shown
from resources.packs.exporting.bounds import within_bounds
from resources.packs.exporting.registry import exporter
from resources.packs.keeping import path_of
from resources.packs.models import Export, ExportStatus
from resources.packs.models.export import LEASES, export_path
from resources.packs.queue.asking import digest, fingerprint_of, options_of
from resources.packs.queue.tidying import make_room

logger = logging.getLogger(__name__)

_TELL_SECONDS = 0.5


class _TakenAway(Exception):
    """Another worker makes this export now, or nobody wants it any more."""


def make_next() -> bool:
    """Make the export that is due first; whether there was one. Raises nothing for one that fails."""
    # If this worker dies too, those that waited meanwhile come first.
    begun = {"status": ExportStatus.RUNNING, "due": timezone.now(), "progress": 0.0}
    taken = LEASES.take(Export.objects.due().select_related("edition__pack"), **begun)
    if taken is None:
        return False
    if LEASES.is_exhausted(taken):
        # Nobody was left to say so: each time the system ended the worker, or the machine stood still.
        reason = f"The worker died {LEASES.most_attempts} times while it made this."
        LEASES.put_back(taken, status=ExportStatus.FAILED, reason=reason)
        logger.error("Export %s was given up: %s", taken.pk, reason)
        return True
    try:
        _make(taken)
    except _TakenAway:
        logger.info("Export %s was given up.", taken.pk)
    except Exception as error:
        logger.exception("Export %s could not be made.", taken.pk)
        _failed(taken, error)
    return True


def _make(export: Export) -> None:
    options = options_of(export)
    content = shown(export.edition, options.language)
    if fingerprint_of(digest(content), export.kind, options) != export.fingerprint:
        # A work was withdrawn since: who asks again gets what is shown now.
        export.delete()
        raise _TakenAway
    name = export_path(export, "")
    place = Path(default_storage.path(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=place.parent, prefix="part-")
    os.close(handle)
    try:
        exporter(export.kind)(within_bounds(content, options.language), options, path_of, Path(part), _Teller(export))
        size = Path(part).stat().st_size
        # Of two workers that made the same, the second puts the same bytes in the same place.
        Path(part).replace(place)
        if not LEASES.put_back(export, status=ExportStatus.DONE, progress=1.0, size=size, file=name, reason=""):
            raise _TakenAway
    finally:
        Path(part).unlink(missing_ok=True)
    make_room()


class _Teller:
    """Writes down how far an export is, and prolongs the lease; not more often than somebody could read it."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._next = 0.0

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _TELL_SECONDS
        kept = min(max(share, 0.0), 0.99)
        if not LEASES.prolong(self._export, progress=kept):
            raise _TakenAway


def _failed(export: Export, error: Exception) -> None:
    last = export.attempts >= LEASES.most_attempts
    LEASES.put_back(
        export,
        status=ExportStatus.FAILED if last else ExportStatus.WAITING,
        due=LEASES.after_failure(export),
        reason=f"{type(error).__name__}: {error}"[:300],
    )
