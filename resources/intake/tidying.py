"""What nobody needs any more of what was dropped: files that nobody decided on for long, and batches without files."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from resources.intake.deciding import leave_out
from resources.intake.models import Batch, DroppedFile

EMPTY = timedelta(days=1)
"""Whoever began a batch may still be choosing files for it."""


def tidy() -> int:
    """Leave out what waited too long for a decision, and remove empty batches; how many files that were."""
    now = timezone.now()
    undecided = DroppedFile.objects.undecided().filter(due__lt=now - timedelta(days=settings.DROP_UNDECIDED_DAYS))
    left_out = sum(leave_out(dropped=dropped) for dropped in list(undecided))
    for batch in Batch.objects.filter(files=None, made__lt=now - EMPTY):
        remove_if_empty(batch)
    return left_out


@transaction.atomic
def remove_if_empty(batch: Batch) -> bool:
    """Remove a batch that holds no file; whether it did. One into which a file comes meanwhile stays with it: both hold
    its row.
    """
    held = Batch.objects.select_for_update().filter(pk=batch.pk).first()
    if held is None or held.files.exists():
        return False
    held.delete()
    return True
