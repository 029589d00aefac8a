"""Saving what a form says, so that two who save at once lose nothing.

A form carries, beside each field, a digest of the value that it was shown with. A field that its sender left alone is
not written; one that only they changed is; one that both changed is a conflict: it stays as it is, and the second of
them is shown both texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models, transaction

from resources.packs.models import Item, Pack, Section
from resources.packs.touching import touch

PACK_FIELDS = ("title", "introduction", "language", "maker", "target_minutes")
SECTION_FIELDS = ("title",)
ITEM_FIELDS = ("language", "note", "questions", "first_page", "last_page", "start", "end")
_TOGETHER = {name: pair for pair in (("first_page", "last_page"), ("start", "end")) for name in pair}
"""Ends of one range: halves of two ranges make none."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: `value` as it came out of the form's own cleaning, `shown` the digest of what was shown."""

    value: object
    shown: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that somebody else changed meanwhile: `theirs` stands now, `mine` was sent. `key` is that of the section
    or item, "" for the pack itself; `gone` says that it was taken out meanwhile.
    """

    key: str
    field: str
    theirs: str
    mine: str
    gone: bool = False


@dataclass(slots=True)
class Saved:
    """`changed` names what was written: pairs of key and field."""

    changed: list[tuple[str, str]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


Fields = Mapping[str, Field]


def digest(value: object) -> str:
    """What a form carries of a value, to tell whether somebody changed it since. Line ends count as one."""
    text = "" if value is None else _text(value)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def save(*, pack: Pack, own: Fields, sections: Mapping[str, Fields], items: Mapping[str, Fields]) -> Saved:
    """Write the fields of a pack, its sections and its items, by key, as far as nobody else changed them.

    Raises `ValidationError` for a value that the field can't hold; nothing is written then.
    """
    saved = Saved()
    with transaction.atomic():
        touch(pack)
        now = Pack.objects.get(pk=pack.pk)
        _merge(now, "", own, PACK_FIELDS, saved)
        _each({section.key: section for section in now.sections.all()}, sections, SECTION_FIELDS, saved)
        _each({item.key: item for item in now.items.all()}, items, ITEM_FIELDS, saved)
    pack.refresh_from_db()
    return saved


def _each(
    there: Mapping[str, Section] | Mapping[str, Item],
    sent: Mapping[str, Fields],
    known: tuple[str, ...],
    saved: Saved,
) -> None:
    for key, fields in sent.items():
        row = there.get(key)
        if row is not None:
            _merge(row, key, fields, known, saved)
            continue
        # It was taken out: what was written for it meanwhile is given back.
        saved.conflicts += [
            Conflict(key, name, "", _text(each.value), gone=True)
            for name, each in fields.items()
            if isinstance(each.value, str) and each.value.strip() and digest(each.value) != each.shown
        ]


def _merge(row: models.Model, key: str, fields: Fields, known: tuple[str, ...], saved: Saved) -> None:
    names = []
    before = {name: getattr(row, name) for name in fields if name in known}
    for name in known:
        if name not in fields:
            continue
        mine, theirs = fields[name].value, before[name]
        together = [each for each in _TOGETHER.get(name, (name,)) if each in fields]
        left_alone = all(digest(fields[each].value) == fields[each].shown for each in together)
        if left_alone or digest(mine) == digest(theirs):
            continue
        if any(digest(before[each]) != fields[each].shown for each in together):
            saved.conflicts.append(Conflict(key, name, _text(theirs), _text(mine)))
            continue
        setattr(row, name, mine)
        names.append(name)
    if names:
        row.full_clean(exclude=[each.name for each in row._meta.fields if each.name not in names])
        row.save(update_fields=[*names, *(["updated"] if isinstance(row, Pack) else [])])
        saved.changed += [(key, name) for name in names]


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
