"""What was read from documents: their pages, or the cues of captions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from resources.models import Passage
from resources.packs.content import FrozenPassage


def passages_of(documents: Collection[int]) -> Mapping[int, tuple[FrozenPassage, ...]]:
    """By number of a document, its passages in their order; nothing for one that none could be read from. One query."""
    found: dict[int, list[FrozenPassage]] = {}
    rows = Passage.objects.filter(document__in=documents).order_by("document", "position")
    for document, text, page, start, end in rows.values_list("document", "text", "page", "start", "end"):
        found.setdefault(document, []).append(FrozenPassage(text, page, start, end))
    return {document: tuple(each) for document, each in found.items()}
