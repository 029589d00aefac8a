"""Which packs hold a work: how many people handed it out, and where editors recommend to read it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Subquery, Window

from resources.packs.addresses import shown_path
from resources.packs.models import Edition, EditionWork

NAMED = 6


@dataclass(frozen=True, slots=True)
class PackLink:
    title: str
    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Used:
    """`total` public packs hold the work; `packs` are the first of those that editors recommend."""

    total: int
    packs: tuple[PackLink, ...]


def packs_using(work: UUID) -> Used:
    """The public packs whose newest or recommended edition holds a work. One query."""
    last = Edition.objects.filter(pack=OuterRef("pack")).order_by("-number")
    recommended = last.filter(number=OuterRef("pack__recommended_number"))
    rows = (
        EditionWork.objects.filter(work=work, pack__hidden=False)
        .annotate(
            title=Subquery(recommended.values("content__title")[:1]),
            language=Subquery(recommended.values("content__language")[:1]),
            number=F("pack__recommended_number"),
            newest=Subquery(last.values("number")[:1]),
            total=Window(Count("pk")),
        )
        .order_by("-pack__recommended", "-pack__updated", "pk")
        .values_list("total", "pack__code", "title", "language", "number", "newest")[:NAMED]
    )
    found = list(rows)
    return Used(
        total=found[0][0] if found else 0,
        packs=tuple(
            PackLink(title, language, shown_path(code, None if number == newest else number))
            for _total, code, title, language, number, newest in found
            if number is not None
        ),
    )
