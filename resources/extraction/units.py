"""Blocks of text to passages of about a page, which begin at a heading where one is near."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from resources.extraction.types import CannotExtract, ExtractedPassage, FailureReason, Limits

A_PAGE = 3_000
"""Characters of an A4 page of running text."""

WORTH_A_PASSAGE = 800
"""A heading sooner than this after the last one stays in its passage."""

_END = re.compile(r"[.!?。！？។၊။]\s|\s")


class Block(NamedTuple):
    """A paragraph, a row of a table. `begins`: a passage begins here whatever came before; `heading`: if enough did.

    `page` is the number of a slide.
    """

    text: str
    heading: bool = False
    begins: bool = False
    page: int | None = None


def passages(blocks: Iterable[Block], limits: Limits) -> tuple[ExtractedPassage, ...]:
    """Return the passages that blocks make. Raises CannotExtract(TOO_LARGE) as soon as there is more text than allowed.

    A block with a page is put to that page's passage; a page is one passage.
    """
    found: list[ExtractedPassage] = []
    held: list[str] = []
    size = total = 0
    page: int | None = None

    def close() -> None:
        nonlocal size
        if held:
            found.append(ExtractedPassage(text="\n".join(held), page=page))
        held.clear()
        size = 0

    for block in blocks:
        text = block.text.replace("\0", "").strip()
        total += len(text)
        if total > limits.characters or size > limits.page_characters:
            raise CannotExtract(FailureReason.TOO_LARGE)
        turned = block.begins or block.page != page
        full = block.page is None and size + len(text) > A_PAGE * 1.2
        if turned or full or (block.heading and size >= WORTH_A_PASSAGE):
            close()
        page = block.page
        if not text:
            continue
        for part in _parts(text) if page is None else (text,):
            if size and size + len(part) > A_PAGE * 1.2 and page is None:
                close()
            held.append(part)
            size += len(part) + 1
    close()
    return tuple(found)


def _parts(text: str) -> Iterable[str]:
    """A paragraph longer than a page in parts, each ending with a sentence where it can."""
    start = 0
    while len(text) - start > A_PAGE * 1.2:
        place = start + A_PAGE
        end = _END.search(text, place, place + A_PAGE // 5)
        place = end.end() if end else place
        yield text[start:place].strip()
        start = place
    yield text[start:]
