"""How every change of a pack begins."""

from __future__ import annotations

from django.utils import timezone

from resources.packs.models import Pack


def touch(pack: Pack) -> None:
    """Begin a change, inside a transaction: whoever changes the same pack at the same moment waits until it ends."""
    Pack.objects.filter(pk=pack.pk).update(updated=timezone.now())
