"""How much one export may hold: what is beyond stands in it as one line each, and the rest is whole."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import override

from resources.packs.content import FrozenFile, ItemKind, PackContent, PackItem, PackSection
from resources.packs.exporting.left_out import no_room

MOST_PAGES = 2_000
"""Pages of documents, each counted as often as an item is of it."""
MOST_BYTES = 2 * 1024**3
MOST_CHARACTERS = 20_000_000
"""Of texts of works, pages and captions."""


def within_bounds(content: PackContent, language: str) -> PackContent:
    """The pack, with items that would make it too large in place as `gone`, told in `language`. Asked of what is known
    of files: no file is opened.
    """
    left = [MOST_PAGES, MOST_BYTES, MOST_CHARACTERS]

    def fitting(item: PackItem) -> PackItem:
        if item.gone or not item.texts:
            return item
        costs = _costs(item, language)
        if any(cost > there for cost, there in zip(costs, left, strict=True)):
            with override(language):
                return replace(item, files=(), gone=no_room(item.text_for(language).title))
        left[:] = [there - cost for cost, there in zip(costs, left, strict=True)]
        return item

    return replace(
        content,
        sections=tuple(
            PackSection(section.title, tuple(fitting(item) for item in section.items)) for section in content.sections
        ),
    )


def _costs(item: PackItem, language: str) -> tuple[int, int, int]:
    documents = item.documents_for(language) if item.kind is not ItemKind.SPAN else ()
    video = item.video
    size = sum(file.size for file in documents) + (video.size if video else 0)
    text = sum(len(passage.text) for file in (*documents, *item.captions) for passage in item.chosen(file.passages))
    return sum(_pages(item, file) for file in documents), size, text + len(item.text_for(language).body_html)


def _pages(item: PackItem, file: FrozenFile) -> int:
    if item.kind is ItemKind.PAGES and item.first_page and item.last_page:
        return item.last_page - item.first_page + 1
    return file.pages or 1
