"""What editors say of a pack that others made: recommended to all, or closed to the public."""

from __future__ import annotations

from django.db import transaction

from resources.packs.editions import search_key
from resources.packs.models import Pack
from search.indexing import outbox


def judge(*, pack: Pack, recommended: bool, hidden: bool, reason: str = "") -> None:
    """Put a pack into the gallery and into search or take it out; close all its editions or open them again.

    `reason` of closing is for editors and for those who may edit the pack; readers aren't told.
    """
    with transaction.atomic():
        Pack.objects.filter(pk=pack.pk).update(recommended=recommended, hidden=hidden, hidden_reason=reason)
        outbox.enqueue(search_key(pack.code))
    pack.refresh_from_db(fields=["recommended", "hidden", "hidden_reason"])
