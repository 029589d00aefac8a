"""What changed in the files of an edition since it was handed out, page by page. The comparison is pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from resources.models import PortalDocument
from resources.packs.content import FrozenFile, FrozenPassage, ItemKind, PackContent, PackItem, best_language
from resources.packs.models import Item, Pack
from resources.packs.open_works import OpenWork, open_works
from resources.packs.passages import passages_of


class Change(StrEnum):
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page, by its number, or a caption cue, by its second. `before` is "" for one that was added, `after` for one
    that was removed.
    """

    change: Change
    page: int | None
    start: float | None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of an item that is not what it was. `pages` is empty when only its bytes changed: its text is the same.
    `compared` says that there was text to compare. `checksum` is of the new file, "" when the work has the file no
    more. `accepted` is what the maker decided: True, False, or None for nothing yet.
    """

    item: str
    title: str
    title_language: str
    document: int
    checksum: str
    language: str
    url: str
    pages: tuple[PageChange, ...] = ()
    compared: bool = True
    accepted: bool | None = None


def changes(pack: Pack, before: PackContent, ui: str) -> list[FileChange]:
    """What changed in the files of the pack's items since `before`, its last edition, in the edition's order, with
    titles for who reads `ui`. Works that are not open any more are not among it: their items leave the pack by
    themselves.
    """
    found = _changed(pack, before)
    passages = passages_of({now.pk for _told, _item, _file, now, _work in found if now})
    return [_change(told, item, file, now, work, passages, ui) for told, item, file, now, work in found]


def undecided(pack: Pack, before: PackContent) -> int:
    """How many files changed since `before` that the maker has not decided about. Nothing is compared for that."""
    return sum(
        1
        for _told, item, _file, now, _work in _changed(pack, before)
        if now is not None and now.checksum and not _is_decided(item, now)
    )


def _is_decided(item: Item, now: PortalDocument) -> bool:
    return bool(item.decisions.get(str(now.pk), {}).get("checksum") == now.checksum)


Changed = tuple[PackItem, Item, FrozenFile, PortalDocument | None, OpenWork]


def _changed(pack: Pack, before: PackContent) -> list[Changed]:
    """Each file of `before` that is another one now, or none, with the item and the work it was of."""
    items = {item.key: item for item in pack.items.all()}
    works = open_works(item.work for item in items.values())
    pairs = [(told, items[told.key]) for told in before.present if told.key in items]
    found: list[Changed] = []
    for told, item in pairs:
        work = works.get(item.work)
        if work is None or not any(code in work.pages for code in told.texts):
            continue
        for file in told.files:
            now = _now(work, file)
            if now is None or now.checksum != file.checksum:
                found.append((told, item, file, now, work))
    return found


def _now(work: OpenWork, file: FrozenFile) -> PortalDocument | None:
    there = work.file_of(file.document)
    return there.document if there else None


def _change(
    told: PackItem,
    item: Item,
    file: FrozenFile,
    now: PortalDocument | None,
    work: OpenWork,
    passages: Mapping[int, tuple[FrozenPassage, ...]],
    ui: str,
) -> FileChange:
    # Of versions that were withdrawn since not even the title is told.
    language = best_language([code for code in told.texts if code in work.pages], ui)
    title = told.texts[language].title
    if now is None:
        return FileChange(item.key, title, language, file.document, "", file.language, file.url, compared=False)
    decision = item.decisions.get(str(now.pk), {})
    after = passages.get(now.pk, ())
    whole = told.kind is ItemKind.WORK
    old, new = (file.passages, after) if whole else (told.chosen(file.passages), told.chosen(after))
    return FileChange(
        item=item.key,
        title=title,
        title_language=language,
        document=now.pk,
        checksum=now.checksum,
        language=file.language,
        url=now.url,
        # Of chosen pages each is compared with the page that has its number now, for that is what readers would get.
        pages=compare(old, new) if whole else compare_places(old, new),
        compared=bool(file.passages) and bool(after),
        accepted=bool(decision.get("accept")) if _is_decided(item, now) else None,
    )


def compare(before: Sequence[FrozenPassage], after: Sequence[FrozenPassage]) -> tuple[PageChange, ...]:
    """The pages that changed between two versions of a document: a page put in between makes those behind it no
    changed ones. Numbers are those of `after`, of removed pages those of `before`.
    """
    old, new = [_plain(each.text) for each in before], [_plain(each.text) for each in after]
    found: list[PageChange] = []
    for what, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        both = min(end - start, other_end - other_start)
        for at in range(both):
            found.append(_pair(before[start + at], after[other_start + at]))
        found += [_pair(each, None) for each in before[start + both : end]]
        found += [_pair(None, each) for each in after[other_start + both : other_end]]
    return tuple(found)


def compare_places(before: Sequence[FrozenPassage], after: Sequence[FrozenPassage]) -> tuple[PageChange, ...]:
    """The pages, or cues, whose text is not what it was at the same number or second."""

    def place(each: FrozenPassage) -> float:
        return each.page or each.start or 0

    old, new = {place(each): each for each in before}, {place(each): each for each in after}
    pairs = [(old.get(at), new.get(at)) for at in sorted(old.keys() | new.keys())]
    return tuple(_pair(one, other) for one, other in pairs if _text_of(one) != _text_of(other))


def _text_of(passage: FrozenPassage | None) -> str | None:
    return None if passage is None else _plain(passage.text)


def _pair(before: FrozenPassage | None, after: FrozenPassage | None) -> PageChange:
    there = after or before
    assert there is not None
    change = Change.ADDED if before is None else Change.REMOVED if after is None else Change.CHANGED
    return PageChange(change, there.page, there.start, before.text if before else "", after.text if after else "")


def _plain(text: str) -> str:
    """Where lines break and how wide a space is, does not change what a page says."""
    return " ".join(text.split())
