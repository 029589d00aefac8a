"""The packs that everyone is shown: in the gallery, in search and in the sitemap."""

from __future__ import annotations

from django.db.models import QuerySet

from resources.packs.models import Pack


def recommended_packs() -> QuerySet[Pack]:
    """Packs that editors recommend, as far as they were handed out and are open to the public; by code."""
    return Pack.objects.filter(recommended=True, hidden=False, editions__isnull=False).distinct().order_by("code")
