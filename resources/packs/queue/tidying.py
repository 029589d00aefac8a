"""What is not kept: exports that hold what is no longer shown, that nobody fetched for a while or for which there is no
room, and files that no edition shows any more.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from pathlib import Path

from django.core.files.storage import default_storage
from django.db.models import Sum
from django.utils import timezone

from resources.packs.editions import shown
from resources.packs.models import Export, ExportStatus, KeptFile
from resources.packs.queue.asking import digest, fingerprint_of, options_of

UNUSED = timedelta(days=30)
MOST_BYTES = 20 * 1024**3
"""Of all exports that are kept together. Anyone may ask for one, and a folder with videos takes gigabytes."""
_LEFT_BEHIND = timedelta(days=1)


def tidy() -> None:
    """Remove what nobody needs. What was made within a day stays: an edition may just be about to name it."""
    now = timezone.now()
    for export in Export.objects.filter(used__lt=now - UNUSED):
        export.delete()
    _forget_stale()
    make_room()
    for kept in KeptFile.objects.filter(editions=None, created__lt=now - _LEFT_BEHIND):
        kept.delete()
    _sweep(now.timestamp() - _LEFT_BEHIND.total_seconds())


def make_room() -> None:
    """Remove exports until the rest fits into `MOST_BYTES`, the one that was used longest ago first. The last one
    stays whatever its size: somebody waits for it.
    """
    done = Export.objects.filter(status=ExportStatus.DONE)
    over = (done.aggregate(all=Sum("size"))["all"] or 0) - MOST_BYTES
    if over <= 0:
        return
    for export in list(done.order_by("used", "pk"))[:-1]:
        if over <= 0:
            return
        over -= export.size
        export.delete()


def _forget_stale() -> None:
    """Exports of what is no longer shown, as a work was withdrawn: they are not given out, and ought not to be kept.

    Those that wait find out themselves, and a row that runs is its worker's.
    """
    finished = Export.objects.filter(status__in=[ExportStatus.DONE, ExportStatus.FAILED])
    for _, exports in groupby(
        finished.select_related("edition__pack").order_by("edition_id", "pk"), lambda export: export.edition_id
    ):
        held: dict[str, str] = {}
        for export in exports:
            options = options_of(export)
            if options.language not in held:
                held[options.language] = digest(shown(export.edition, options.language, with_passages=False))
            if fingerprint_of(held[options.language], export.kind, options) != export.fingerprint:
                export.delete()


def _sweep(before: float) -> None:
    """Files of exports that a worker had begun when it died, or whose row went while they were written."""
    folder = Path(default_storage.path("packs/exports"))
    if not folder.is_dir():
        return
    named = {Path(name).name for name in Export.objects.exclude(file="").values_list("file", flat=True)}
    for path in folder.iterdir():
        if path.name not in named and path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
