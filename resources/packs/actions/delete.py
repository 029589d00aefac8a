"""A pack ends, with all its editions."""

from __future__ import annotations

from django.db import transaction

from resources.packs.editions import search_key
from resources.packs.models import Pack
from search.indexing import outbox


def delete(*, pack: Pack) -> None:
    """Delete a pack for good: its addresses open nothing any more, and search forgets it. Copies of it stay."""
    with transaction.atomic():
        key = search_key(pack.code)
        pack.delete()
        outbox.enqueue(key)
