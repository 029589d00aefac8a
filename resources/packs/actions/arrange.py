"""Items come into a pack, go, and stand in another order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from resources.packs.choosing import Choice, fitted
from resources.packs.content import ItemKind
from resources.packs.models import Item, Pack, Section
from resources.packs.models.pack import MOST_ITEMS
from resources.packs.open_works import open_works
from resources.packs.touching import touch

MOST_SECTIONS = 40


def add(*, pack: Pack, choices: Iterable[Choice], section: Section | None = None) -> list[Item]:
    """Put what is chosen at the end of `section`, by default the last one; what is there already is not put in again.

    Returns the new items. What isn't open to everyone, or isn't there, is left out; so is what would make the pack
    longer than it may be.
    """
    wanted = list(choices)
    works = open_works(choice.work for choice in wanted)
    with transaction.atomic():
        touch(pack)
        there = {_choice(item) for item in pack.items.all()}
        room = MOST_ITEMS - len(there)
        place = section or pack.sections.last() or Section.objects.create(pack=pack, position=0)
        last = place.items.aggregate(last=Max("position"))["last"]
        position = -1 if last is None else last
        added: list[Item] = []
        for choice in wanted:
            fit = fitted(choice, works)
            if fit is None or fit in there or len(added) >= room:
                continue
            there.add(fit)
            position += 1
            added.append(
                Item.objects.create(
                    pack=pack,
                    section=place,
                    position=position,
                    work=fit.work,
                    kind=fit.kind.value,
                    document_id=fit.document,
                    first_page=fit.first_page,
                    last_page=fit.last_page,
                    start=fit.start,
                    end=fit.end,
                )
            )
    return added


def _choice(item: Item) -> Choice:
    return Choice(
        item.work, ItemKind(item.kind), item.document_id, item.first_page, item.last_page, item.start, item.end
    )


def add_section(*, pack: Pack, title: str = "") -> Section | None:
    """A new section at the end; None if there are as many as there may be."""
    with transaction.atomic():
        touch(pack)
        count, last = pack.sections.count(), pack.sections.aggregate(last=Max("position"))["last"]
        return (
            None if count >= MOST_SECTIONS else Section.objects.create(pack=pack, title=title, position=(last or 0) + 1)
        )


def remove_section(*, pack: Pack, section: str) -> bool:
    """Take a section out; its items go to the end of the one before it, or of the one after the first. The only
    section stays.
    """
    with transaction.atomic():
        touch(pack)
        sections = list(pack.sections.all())
        keys = [each.key for each in sections]
        if len(sections) < 2 or section not in keys:
            return False
        at = keys.index(section)
        heir = sections[at - 1] if at else sections[1]
        moved, stay = list(sections[at].items.all()), list(heir.items.all())
        for position, item in enumerate([*stay, *moved] if at else [*moved, *stay]):
            Item.objects.filter(pk=item.pk).update(section=heir, position=position)
        sections[at].delete()
        return True


def arrange(*, pack: Pack, order: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Put sections and items into `order`: keys of sections, each with keys of its items.

    What `order` does not name, because somebody added it meanwhile, stays where it is, behind what is named; what is
    not there any more is passed over. Nothing is lost whatever `order` says. Only what comes to stand elsewhere is
    written.
    """
    with transaction.atomic():
        touch(pack)
        sections = {section.key: section for section in pack.sections.all()}
        items = {item.key: item for item in pack.items.select_related("section")}
        named_sections = [key for key, _ in order if key in sections]
        rest = [key for key in sections if key not in named_sections]
        for position, key in enumerate(dict.fromkeys([*named_sections, *rest])):
            if sections[key].position != position:
                Section.objects.filter(pk=sections[key].pk).update(position=position)
        placed: dict[str, list[str]] = {key: [] for key in sections}
        taken: set[str] = set()
        for key, wanted in order:
            for name in wanted:
                if key in sections and name in items and name not in taken:
                    taken.add(name)
                    placed[key].append(name)
        for key, item in items.items():
            if key not in taken:
                placed[item.section.key].append(key)
        for key, keys in placed.items():
            for position, name in enumerate(keys):
                item = items[name]
                if (item.section_id, item.position) != (sections[key].pk, position):
                    Item.objects.filter(pk=item.pk).update(section=sections[key], position=position)


def decide(*, pack: Pack, item: str, decisions: Mapping[int, tuple[str, bool]]) -> bool:
    """Note what the maker decided about files that changed: by number of a document, the checksum of the new file and
    whether the next edition takes it. Whether the item is there.
    """
    with transaction.atomic():
        touch(pack)
        found = pack.items.filter(key=item).first()
        if found is None:
            return False
        told = {
            str(document): {"checksum": checksum, "accept": accept}
            for document, (checksum, accept) in decisions.items()
        }
        found.decisions = {**found.decisions, **told}
        found.save(update_fields=["decisions"])
        return True
