"""The packs that everyone is shown: in the gallery, in search and in the sitemap, each with one edition."""

from __future__ import annotations

from django.db.models import Exists, F, Max, OuterRef, QuerySet

from resources.packs.models import Edition, Pack


def recommended_packs() -> QuerySet[Pack]:
    """Packs of which editors recommend an edition, as far as they are open to the public; by code."""
    there = Edition.objects.filter(pack=OuterRef("pk"), number=OuterRef("recommended_number"))
    return Pack.objects.filter(Exists(there), hidden=False).order_by("code")


def recommended_editions() -> QuerySet[Edition]:
    """Those editions, by code; `is_newest` asks nothing more of them."""
    shown = Edition.objects.filter(pack__recommended_number=F("number"), pack__hidden=False)
    return shown.annotate(newest=Max("pack__editions__number")).select_related("pack").order_by("pack__code")


def is_newest(edition: Edition) -> bool:
    """Whether the pack of one of `recommended_editions` was not handed out again since."""
    return edition.number == getattr(edition, "newest", None)
