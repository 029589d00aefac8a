"""What two makers changed at once, side by side, for the second of them to choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from resources.packs.actions.save import Conflict, digest
from resources.packs.arrange_form import page_range, places
from resources.packs.choosing import read_choice
from resources.packs.clock import exact_clock
from resources.packs.models.pack import MOST_ITEMS
from resources.packs.moving import Order
from resources.packs.open_works import open_works
from resources.packs.overview import ItemOverview, PackOverview
from resources.packs.text_differences import Comparing, Pieces, two_sides
from resources.places import language_name

LONG = ("introduction", "note", "questions")
_PAGES, _SPAN = ("first_page", "last_page"), ("start", "end")


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed: `name` is that of the form's field, `label` and `where` say what it is. `theirs` and
    `mine` are texts as the form's field has them; the pieces are for reading. `was` are digests of what stands now.
    """

    name: str
    label: str
    where: str
    theirs: str
    mine: str
    their_pieces: Pieces
    my_pieces: Pieces
    was: str
    is_long: bool
    is_choice: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """An item or a section that was taken out while this maker wrote for it: `texts` are labels and what was written,
    `fields` the same by the form's field; `choice` puts the item back.
    """

    prefix: str
    title: str
    choice: str
    can_return: bool
    texts: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]


def field_label(name: str) -> str:
    """What a field of the form is called, in the language in force."""
    return {
        "title": gettext("Title"),
        "introduction": gettext("Introduction"),
        "language": gettext("Language"),
        "maker": gettext("Made by"),
        "target_minutes": gettext("Target length in minutes"),
        "note": gettext("Note to the reader"),
        "questions": gettext("Questions for discussion"),
        "pages": gettext("Pages"),
        "span": gettext("Part of the video"),
    }[name]


def clashes(conflicts: Sequence[Conflict], told: PackOverview) -> list[Clash]:
    """The conflicts over what is still there, ends of page ranges together."""
    return list(_clashes([each for each in conflicts if not each.gone], told))


def _clashes(conflicts: Sequence[Conflict], told: PackOverview) -> Iterator[Clash]:
    items = {each.item.key: each for each in told.items}
    sections = {each.section.key: each.section.title for each in told.sections}
    ranges: set[str] = set()
    comparing = Comparing()
    values: list[Any]
    for each in conflicts:
        field, theirs, mine, values = each.field, each.theirs, each.mine, [each.theirs]
        ends = _PAGES if field in _PAGES else _SPAN if field in _SPAN else ()
        if ends:
            if each.key in ranges:
                continue
            ranges.add(each.key)
            values = [getattr(items[each.key].item, end) for end in ends]
            sent = {one.field: float(one.mine) for one in conflicts if one.key == each.key and one.field in ends}
            mine_values = [sent.get(end, value) for end, value in zip(ends, values, strict=True)]
            field = "pages" if ends is _PAGES else "span"
            theirs, mine = _range(values, ends), _range(mine_values, ends)
        prefix = "p-" if not each.key else f"i-{each.key}-" if each.key in items else f"s-{each.key}-"
        is_choice = field == "language"
        shown = (_language(theirs), _language(mine)) if is_choice else (theirs, mine)
        their_pieces, my_pieces = two_sides(*shown, comparing)
        yield Clash(
            name=prefix + field,
            label=field_label(field),
            where=items[each.key].title if each.key in items else sections.get(each.key, ""),
            theirs=theirs,
            mine=mine,
            their_pieces=their_pieces,
            my_pieces=my_pieces,
            was=" ".join(map(digest, values)),
            is_long=field in LONG,
            is_choice=is_choice,
        )


def _range(ends: Sequence[float], names: tuple[str, str]) -> str:
    if names is _PAGES:
        return page_range(*(int(end) for end in ends))
    return "–".join(map(exact_clock, ends))


def _language(code: str) -> str:
    return language_name(code) if code else gettext("Each reader’s own")


def lost(conflicts: Sequence[Conflict], post: QueryDict, ui: str) -> list[Lost]:
    """What was written for items and sections that are not there any more."""
    gone: dict[str, list[Conflict]] = {}
    for each in conflicts:
        if each.gone:
            gone.setdefault(each.key, []).append(each)
    choices = {key: post.get(f"i-{key}-choice", "") for key in gone}
    works = open_works(chosen.work for text in choices.values() if (chosen := read_choice(text)))
    found = []
    for key, fields in gone.items():
        chosen = read_choice(choices[key])
        prefix = f"i-{key}-" if f"i-{key}-note" in post else f"s-{key}-"
        found.append(
            Lost(
                prefix=prefix,
                title=works[chosen.work].page_for(ui).title if chosen and chosen.work in works else "",
                can_return=prefix.startswith("s-") or bool(chosen and chosen.work in works),
                choice=choices[key] if chosen and chosen.work in works else "",
                texts=tuple(
                    (field_label(one.field), _language(one.mine) if one.field == "language" else one.mine)
                    for one in fields
                ),
                fields=tuple((one.field, one.mine) for one in fields),
            )
        )
    return found


def titles(order: Order, items: Mapping[str, ItemOverview], sections: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """An order as titles, for reading."""
    return [
        (sections.get(key, ""), [items[item].title for item in each if item in items])
        for key, each in order
        if key in sections
    ]


def resolved(post: QueryDict, now: Order) -> tuple[QueryDict, list[tuple[str, list[tuple[str, str]]]]]:
    """What the maker chose, as the form of the arranging page would send it, and what is to be put back: choices of
    items ("" for a section), each with its fields.
    """
    made = QueryDict(mutable=True)
    order = " ".join(places(now))
    made.setlist("place", (post.get("order-mine", "") if post.get("order-take") == "mine" else order).split())
    made["order-was"] = order
    for number in post.getlist("clash")[:500]:
        name, take = post.get(f"c-{number}-name", ""), post.get(f"c-{number}-take", "")
        if take in ("mine", "merged"):
            made[name] = post.get(f"c-{number}-{take}", "")
            made[f"{name}-was"] = post.get(f"c-{number}-was", "")
            if name.endswith("-span"):
                _split(made, name)
    back = [
        (
            post.get(f"l-{number}-choice", ""),
            [(name, post.get(f"l-{number}-{name}", "")) for name in post.getlist(f"l-{number}-field")[:10]],
        )
        for number in post.getlist("lost")[:MOST_ITEMS]
        if post.get(f"l-{number}-take") == "back"
    ]
    return made, back


def _split(made: QueryDict, name: str) -> None:
    """A span as the two fields that the arranging page has for it."""
    stem, text, was = name.removesuffix("span"), str(made.pop(name)[0]), str(made.pop(f"{name}-was")[0])
    ends, digests = [*text.replace("-", "–").split("–"), "", ""], [*was.split(), "", ""]
    for at, end in enumerate(_SPAN):
        made[stem + end], made[f"{stem}{end}-was"] = ends[at].strip(), digests[at]
