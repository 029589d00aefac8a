"""Search inside one work: the pages and cues of its files that hold what a reader looks for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from resources.access import readers_of_user
from resources.models import ResourcePage
from search import service
from search.types import MarkedPassage

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Inside:
    """What was asked of the work (`within` in the address) and the passages found.

    `offered`: there are texts to search in.
    """

    offered: bool
    asked: str
    passages: tuple[MarkedPassage, ...]


def inside(page: ResourcePage, request: HttpRequest, *, offered: bool) -> Inside:
    """The passages that answer `?within=`; nothing is searched where that is not `offered`, or nothing asked."""
    asked = request.GET.get("within", "").strip()[:LONGEST] if offered else ""
    passages = service.search_inside(page.work, asked, readers_of_user(request.user)) if asked else ()
    return Inside(offered, asked, passages)
