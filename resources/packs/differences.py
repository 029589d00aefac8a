"""What is different between two packs: a copy and its original, an edition and the one before. Knows no model.

Items are the same by their `key`, which copies and editions keep. Texts are compared word by word, with the words of
`search.analysis`, so that scripts without spaces are too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from resources.packs.content import ItemKind, PackContent, PackItem, PackSection
from resources.packs.text_differences import Comparing, Piece


class Part(StrEnum):
    """What of a pack, section or item changed."""

    TITLE = "title"
    INTRODUCTION = "introduction"
    MAKER = "maker"
    LANGUAGE = "language"
    TARGET = "target"
    SECTION = "section"
    NOTE = "note"
    QUESTIONS = "questions"
    PAGES = "pages"
    SPAN = "span"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class PartChange:
    """`before` and `after` are texts, codes of languages, minutes, '3-7' for pages, '130-275' for seconds; of files
    that changed their names. `pieces` are there for texts that people wrote.
    """

    part: Part
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that is in both. `moved`: it stands elsewhere among those that are in both; `section` is the heading it
    stands under now, None if that is the same as before.
    """

    before: PackItem
    after: PackItem
    parts: tuple[PartChange, ...] = ()
    moved: bool = False
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """`own` are changes of the pack itself and of headings; items stand in the order of the pack they are in."""

    own: tuple[PartChange, ...] = ()
    added: tuple[PackItem, ...] = ()
    removed: tuple[PackItem, ...] = ()
    changed: tuple[ItemChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.own or self.added or self.removed or self.changed)


def differences(before: PackContent, after: PackContent) -> Differences:
    """What somebody who knows `before` finds different in `after`. A work that was withdrawn is nobody's change."""
    compare = Comparing()
    old, new = {item.key: item for item in before.items}, {item.key: item for item in after.items}
    common = [key for key in new if key in old]
    stay = _in_order([key for key in old if key in new], common)
    headings = _headings(before, after)
    changed = []
    for key in common:
        one, other = old[key], new[key]
        place, now = headings.of_before[key], headings.of_after[key]
        elsewhere = headings.pairs.get(place) != now
        change = ItemChange(
            before=one,
            after=other,
            parts=() if one.gone or other.gone else tuple(_item(one, other, compare)),
            moved=key not in stay or elsewhere,
            section=after.sections[now].title if elsewhere else None,
        )
        if change.parts or change.moved:
            changed.append(change)
    return Differences(
        own=tuple(_own(before, after, headings, compare)),
        added=tuple(item for key, item in new.items() if key not in old and not item.gone),
        removed=tuple(item for key, item in old.items() if key not in new and not item.gone),
        changed=tuple(changed),
    )


@dataclass(frozen=True, slots=True)
class _Headings:
    """Sections by number: where items stand before and after, and which section of before became which of after."""

    of_before: dict[str, int]
    of_after: dict[str, int]
    pairs: dict[int, int]


def _headings(before: PackContent, after: PackContent) -> _Headings:
    of_before, of_after = _places(before.sections), _places(after.sections)
    shared: dict[tuple[int, int], int] = {}
    for key, place in of_before.items():
        if key in of_after:
            pair = (place, of_after[key])
            shared[pair] = shared.get(pair, 0) + 1
    for one, old in enumerate(before.sections):
        for other, new in enumerate(after.sections):
            if old.title and old.title == new.title:
                # The same heading says more than an item that moved.
                shared[one, other] = shared.get((one, other), 0) + 1000
    pairs: dict[int, int] = {}
    for (one, other), _times in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if one not in pairs and other not in pairs.values():
            pairs[one] = other
    return _Headings(of_before, of_after, pairs)


def _places(sections: Sequence[PackSection]) -> dict[str, int]:
    return {item.key: at for at, section in enumerate(sections) for item in section.items}


def _in_order(old: list[str], new: list[str]) -> set[str]:
    """The keys that stayed in the same order: all others moved."""
    at = {key: place for place, key in enumerate(old)}
    # The longest rising run; a pack has some hundred items at most.
    runs: list[tuple[str, ...]] = [()]
    for key in new:
        fitting = [run for run in runs if not run or at[run[-1]] < at[key]]
        runs.append((*_longest(fitting), key))
    return set(_longest(runs))


def _longest(runs: list[tuple[str, ...]]) -> tuple[str, ...]:
    return max(runs, key=len)


def _own(before: PackContent, after: PackContent, headings: _Headings, compare: Comparing) -> Iterator[PartChange]:
    yield from _texts(compare, Part.TITLE, before.title, after.title)
    yield from _texts(compare, Part.INTRODUCTION, before.introduction, after.introduction)
    if before.code == after.code:
        # A copy is somebody else's, which is no change.
        yield from _texts(compare, Part.MAKER, before.maker, after.maker)
    yield from _values(Part.LANGUAGE, before.language, after.language)
    yield from _values(Part.TARGET, str(before.target_minutes or ""), str(after.target_minutes or ""))
    for at, section in enumerate(before.sections):
        became = headings.pairs.get(at)
        yield from _texts(compare, Part.SECTION, section.title, "" if became is None else after.sections[became].title)
    for at, section in enumerate(after.sections):
        if at not in headings.pairs.values():
            yield from _texts(compare, Part.SECTION, "", section.title)


def _item(before: PackItem, after: PackItem, compare: Comparing) -> Iterator[PartChange]:
    yield from _texts(compare, Part.NOTE, before.note, after.note)
    yield from _texts(compare, Part.QUESTIONS, "\n".join(before.questions), "\n".join(after.questions))
    yield from _values(Part.LANGUAGE, before.language, after.language)
    yield from _values(Part.PAGES, _pages(before), _pages(after))
    yield from _values(Part.SPAN, _span(before), _span(after))
    old, new = {file.document: file for file in before.files}, {file.document: file for file in after.files}
    for document, file in new.items():
        if document in old and old[document].checksum != file.checksum:
            yield PartChange(Part.FILE, old[document].name, file.name)


def _pages(item: PackItem) -> str:
    return f"{item.first_page}-{item.last_page}" if item.kind is ItemKind.PAGES else ""


def _span(item: PackItem) -> str:
    return f"{item.start or 0:g}-{item.end or 0:g}" if item.kind is ItemKind.SPAN else ""


def _values(part: Part, before: str, after: str) -> Iterator[PartChange]:
    if before != after:
        yield PartChange(part, before, after)


def _texts(compare: Comparing, part: Part, before: str, after: str) -> Iterator[PartChange]:
    if before != after:
        yield PartChange(part, before, after, compare.pieces(before, after))
