"""What editors say of a pack that others made: recommended to all, or closed to the public."""

from __future__ import annotations

from django.db import transaction

from resources.packs.editions import note_works, search_key
from resources.packs.models import Pack
from search.indexing import outbox


def judge(*, pack: Pack, edition: int | None, hidden: bool, reason: str = "") -> None:
    """Put an edition of a pack, by its number, into the gallery and into search, or with None take the pack out; close
    all its editions or open them again. An edition that there is not is none.

    `reason` of closing is for editors and for those who may edit the pack; readers aren't told.
    """
    with transaction.atomic():
        number = edition if pack.editions.filter(number=edition).exists() else None
        Pack.objects.filter(pk=pack.pk).update(
            recommended=number is not None, recommended_number=number, hidden=hidden, hidden_reason=reason
        )
        pack.refresh_from_db(fields=["recommended", "recommended_number", "hidden", "hidden_reason"])
        note_works(pack)
        outbox.enqueue(search_key(pack.code))
