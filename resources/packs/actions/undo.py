"""Taking an item or a section out, and putting it back where it stood with all that was written for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from resources.models import PortalDocument
from resources.packs.actions.arrange import MOST_SECTIONS, arrange, remove_section
from resources.packs.models import Item, Pack, Section
from resources.packs.models.pack import MOST_ITEMS
from resources.packs.touching import touch

Removed = dict[str, Any]
"""What was taken out, as JSON types, for `put_back`."""

_ITEM_FIELDS = ("kind", "first_page", "last_page", "start", "end", "language", "note", "questions", "decisions")


def order_of(pack: Pack) -> list[tuple[str, list[str]]]:
    """The order of a pack as `arrange` takes it: keys of sections, each with the keys of its items."""
    order: dict[str, list[str]] = {key: [] for key in pack.sections.values_list("key", flat=True)}
    for section, item in pack.items.values_list("section__key", "key"):
        order[section].append(item)
    return list(order.items())


def take_out(*, pack: Pack, item: str) -> Removed | None:
    """Take an item out; what `put_back` needs to undo it, None if it isn't there."""
    with transaction.atomic():
        touch(pack)
        found = pack.items.select_related("section").filter(key=item).first()
        if found is None:
            return None
        place = next(keys.index(item) for _, keys in order_of(pack) if item in keys)
        found.delete()
        return {
            "what": "item",
            "key": item,
            "section": found.section.key,
            "place": place,
            "work": str(found.work),
            "document": found.document_id,
            **{name: getattr(found, name) for name in _ITEM_FIELDS},
        }


def take_section_out(*, pack: Pack, section: str) -> Removed | None:
    """Take a section out, its items go to a neighbour; what `put_back` needs to undo it, None if it has to stay."""
    with transaction.atomic():
        touch(pack)
        order = order_of(pack)
        title = pack.sections.filter(key=section).values_list("title", flat=True).first()
        if title is None or not remove_section(pack=pack, section=section):
            return None
        place = [key for key, _ in order].index(section)
        return {"what": "section", "key": section, "title": title, "place": place, "items": order[place][1]}


def put_back(*, pack: Pack, removed: Mapping[str, Any]) -> bool:
    """Put back what was taken out; whether it is there now. What others did meanwhile stays."""
    with transaction.atomic():
        touch(pack)
        if removed["what"] == "section":
            return _put_section_back(pack, removed)
        if pack.items.filter(key=removed["key"]).exists():
            return True
        if pack.items.count() >= MOST_ITEMS:
            return False
        section = pack.sections.filter(key=removed["section"]).first() or pack.sections.last()
        if section is None:
            return False
        document = PortalDocument.objects.filter(pk=removed["document"]).first()
        Item.objects.create(
            pack=pack,
            section=section,
            key=removed["key"],
            position=section.items.count(),
            work=UUID(removed["work"]),
            document=document,
            **{name: removed[name] for name in _ITEM_FIELDS},
        )
        order = order_of(pack)
        for key, items in order:
            if key == section.key:
                items.remove(removed["key"])
                items.insert(removed["place"], removed["key"])
        arrange(pack=pack, order=order)
        return True


def _put_section_back(pack: Pack, removed: Mapping[str, Any]) -> bool:
    if pack.sections.filter(key=removed["key"]).exists():
        return True
    if pack.sections.count() >= MOST_SECTIONS:
        return False
    Section.objects.create(pack=pack, key=removed["key"], title=removed["title"], position=MOST_SECTIONS)
    mine = set(removed["items"])
    order = [
        (key, [item for item in items if item not in mine]) for key, items in order_of(pack) if key != removed["key"]
    ]
    order.insert(removed["place"], (removed["key"], list(removed["items"])))
    arrange(pack=pack, order=order)
    return True
