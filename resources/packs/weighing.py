"""What a pack will weigh as a folder to carry, told while it is arranged: an old stick, or a slow line, may be too
small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from resources.packs.body import body_html
from resources.packs.content import FrozenPassage, FrozenText, ItemKind, PackItem, best_language
from resources.packs.exporting.carrying import Budget, ItemBudget, item_budget, together
from resources.packs.gathering import frozen_file
from resources.packs.models import Item
from resources.packs.open_works import OpenWork
from resources.packs.overview import PackOverview, state_of
from resources.packs.passages import passages_of


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes in the zip for readers of the pack's language: by key of an item that is open to everyone, and together,
    with what two items have counted once.
    """

    items: Mapping[str, ItemBudget]
    whole: Budget


_MOST = 5_000
_known: dict[tuple[object, ...], ItemBudget] = {}
"""By all that they depend on: texts are read once, not each time that somebody arranges a pack."""


def weigh(told: PackOverview) -> Weight:
    """The weight of a pack as it stands. Opens no file; reads texts of works that are new to it by one query."""
    language = told.pack.language
    found: dict[str, ItemBudget] = {}
    missing: list[tuple[Item, OpenWork, tuple[object, ...]]] = []
    for each in told.items:
        if each.work is None:
            continue
        state = (*state_of(each.item, each.work, language), bool(each.cover))
        known = _known.get(state)
        if known is not None:
            found[each.item.key] = known
        else:
            missing.append((each.item, each.work, state))
    if len(_known) + len(missing) > _MOST:
        _known.clear()
    texts = passages_of({file.document_id for _, work, _ in missing for file in work.files})
    for item, work, state in missing:
        carried = _as_carried(item, work, texts, language, has_picture=bool(state[-1]))
        found[item.key] = _known[state] = item_budget(carried, language)
    return Weight(found, together(found.values()))


def _as_carried(
    item: Item, work: OpenWork, texts: Mapping[int, tuple[FrozenPassage, ...]], language: str, *, has_picture: bool
) -> PackItem:
    """What of an item its weight depends on, without what makers wrote: that is little."""
    wanted = best_language(work.pages, item.language, language)
    return PackItem(
        key=item.key,
        work=str(item.work),
        type="",
        kind=ItemKind(item.kind),
        texts={
            code: FrozenText(page.title, page.summary, "", body_html(page) if code == wanted else "")
            for code, page in work.pages.items()
        },
        files=tuple(
            frozen_file(file, texts.get(file.document_id, ()))
            for file in work.files
            if item.kind == ItemKind.WORK
            or file.document_id == item.document_id
            or (item.kind == ItemKind.SPAN and file.document.is_captions)
        ),
        language=item.language,
        first_page=item.first_page,
        last_page=item.last_page,
        start=item.start,
        end=item.end,
        picture="there" if has_picture else "",
    )
