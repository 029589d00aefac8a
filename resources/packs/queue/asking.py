"""Asking for an export: the same edition, kind and options are one row, whoever asks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from resources.packs.content import PackContent
from resources.packs.editions import shown
from resources.packs.exporting.types import ExportOptions, Paper
from resources.packs.models import Edition, Export, ExportKind, ExportStatus
from resources.packs.storing import to_json

MADE_BY = 3
"""Raised when the same edition gives another file than before, so that older ones are made again."""

TRY_AGAIN = timedelta(minutes=10)
"""How long after the last attempt somebody who asks again lets an export be tried once more."""


def ask_for(*, edition: Edition, kind: ExportKind, options: ExportOptions) -> Export:
    """The export of an edition as it is shown now: the one there is, else a new one that waits to be made.

    Those of the same kind and options that were made of what is no longer shown go.
    """
    chosen = fitting(kind, options)
    fingerprint = fingerprint_of(digest(shown(edition, chosen.language, with_passages=False)), kind, chosen)
    with transaction.atomic():
        export, _new = Export.objects.get_or_create(
            edition=edition, kind=kind, fingerprint=fingerprint, defaults={"options": asdict(chosen)}
        )
        for stale in Export.objects.filter(edition=edition, kind=kind, options=asdict(chosen)).exclude(pk=export.pk):
            stale.delete()
        now = timezone.now()
        # The row is the worker's too: only what is meant to change is written, and only if it is still as it was read.
        touch(export)
        lost = export.status == ExportStatus.DONE and not export.is_there
        if lost or (export.status == ExportStatus.FAILED and export.due < now - TRY_AGAIN):
            as_read = Export.objects.filter(
                pk=export.pk, status=export.status, attempts=export.attempts, due=export.due
            )
            as_read.update(status=ExportStatus.WAITING, attempts=0, due=now, progress=0.0)
        export.refresh_from_db()
    return export


def existing(*, edition: Edition, kind: ExportKind, options: ExportOptions) -> Export | None:
    """The export of an edition as it is shown now, if somebody asked for it."""
    chosen = fitting(kind, options)
    fingerprint = fingerprint_of(digest(shown(edition, chosen.language, with_passages=False)), kind, chosen)
    return Export.objects.filter(edition=edition, kind=kind, fingerprint=fingerprint).first()


def existing_kinds(*, edition: Edition, options: ExportOptions, content: PackContent) -> dict[ExportKind, Export]:
    """Which kinds there are of an edition as it is shown now. `content` is what `shown` gives of it in the language of
    the options, with passages or without.
    """
    held = digest(content)
    wanted = {kind: fingerprint_of(held, kind, fitting(kind, options)) for kind in ExportKind}
    exports = Export.objects.filter(edition=edition, fingerprint__in=wanted.values())
    found = {export.fingerprint: export for export in exports}
    return {kind: found[fingerprint] for kind, fingerprint in wanted.items() if fingerprint in found}


def touch(export: Export) -> None:
    """Note that somebody fetched an export: what is used is kept."""
    Export.objects.filter(pk=export.pk).update(used=timezone.now())


def fitting(kind: ExportKind, options: ExportOptions) -> ExportOptions:
    """The options that matter to a kind: what is not printed has no paper."""
    return options if kind == ExportKind.PDF else ExportOptions(language=options.language)


def digest(content: PackContent) -> str:
    """A hash of an edition as it is shown. What was read from its files makes no difference: their checksums do."""
    return _hash(to_json(content))


def fingerprint_of(held: str, kind: str, options: ExportOptions) -> str:
    """A hash of all that an export is made from. `held` is the `digest` of the edition as it is shown."""
    return _hash([MADE_BY, kind, asdict(options), held])


def _hash(value: Any) -> str:
    told = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def options_of(export: Export) -> ExportOptions:
    """The options of a row."""
    return ExportOptions(**{**export.options, "paper": Paper(export.options["paper"])})
