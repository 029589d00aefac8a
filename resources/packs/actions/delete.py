"""A pack ends, with all its editions."""

from __future__ import annotations

from resources.packs.models import Pack


def delete(*, pack: Pack) -> None:
    """Delete a pack for good: its addresses open nothing any more, and search forgets it. Copies of it stay."""
    # Signals tell search, and remove the files.
    pack.delete()
