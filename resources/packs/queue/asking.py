"""Asking for an export: the same edition, kind and options are one row, whoever asks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from resources.packs.content import PackContent
from resources.packs.editions import shown
from resources.packs.exporting.types import ExportOptions, Paper
from resources.packs.models import Edition, Export, ExportKind, ExportStatus
from resources.packs.storing import to_json

MADE_BY = 1
"""Raised when the same edition gives another file than before, so that older ones are made again."""

TRY_AGAIN = timedelta(minutes=10)
"""How long after the last attempt somebody who asks again lets an export be tried once more."""


def ask_for(*, edition: Edition, kind: ExportKind, options: ExportOptions) -> Export:
    """The export of an edition as it is shown now: the one there is, else a new one that waits to be made.

    Those of the same kind and options that were made of what is no longer shown go.
    """
    chosen = fitting(kind, options)
    fingerprint = fingerprint_of(shown(edition, chosen.language), kind, chosen)
    with transaction.atomic():
        export, _new = Export.objects.get_or_create(
            edition=edition, kind=kind, fingerprint=fingerprint, defaults={"options": asdict(chosen)}
        )
        for stale in Export.objects.filter(edition=edition, kind=kind, options=asdict(chosen)).exclude(pk=export.pk):
            stale.delete()
        now = timezone.now()
        lost = export.status == ExportStatus.DONE and not export.is_there
        if lost or (export.status == ExportStatus.FAILED and export.due < now - TRY_AGAIN):
            export.status, export.attempts, export.due, export.progress = ExportStatus.WAITING, 0, now, 0.0
        export.used = now
        export.save(update_fields=["status", "attempts", "due", "progress", "used"])
    return export


def existing(
    *, edition: Edition, kind: ExportKind, options: ExportOptions, content: PackContent | None = None
) -> Export | None:
    """The export of an edition as it is shown now, if somebody asked for it. `content` is what `shown` gives of the
    edition in the language of the options, for who has it already.
    """
    chosen = fitting(kind, options)
    fingerprint = fingerprint_of(content or shown(edition, chosen.language), kind, chosen)
    return Export.objects.filter(edition=edition, kind=kind, fingerprint=fingerprint).first()


def touch(export: Export) -> None:
    """Note that somebody fetched an export: what is used is kept."""
    Export.objects.filter(pk=export.pk).update(used=timezone.now())


def fitting(kind: ExportKind, options: ExportOptions) -> ExportOptions:
    """The options that matter to a kind: what is not printed has no paper."""
    return options if kind == ExportKind.PDF else ExportOptions(language=options.language)


def fingerprint_of(content: PackContent, kind: str, options: ExportOptions) -> str:
    """A hash of all that an export is made from: an edition as it is shown."""
    told = json.dumps([MADE_BY, kind, asdict(options), to_json(content)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def options_of(export: Export) -> ExportOptions:
    """The options of a row."""
    return ExportOptions(**{**export.options, "paper": Paper(export.options["paper"])})
