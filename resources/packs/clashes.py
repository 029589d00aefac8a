"""What two makers changed at once, side by side, for the second of them to choose."""

from __future__ import annotations

import re
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
_OF = re.compile(r"([si])-([0-9A-Z]{1,12})-")


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed: `name` is that of the form's field, `label` and `where` say what it is. `theirs` and
    `mine` are texts as the form's field has them; the pieces are for reading. `was` are digests of what stands now.
    `both` is what the field for a text made of both begins with, and `both_was` its digest. `choice` would put its item
    back.
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
    choice: str

    @property
    def both(self) -> str:
        return f"{self.theirs}\n\n{self.mine}" if self.is_long else self.mine

    @property
    def both_was(self) -> str:
        return digest(self.both)


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
            choice=str(items[each.key].choice) if each.key in items else "",
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
        prefix = f"i-{key}-" if f"i-{key}-choice" in post else f"s-{key}-"
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

    Where they chose nothing, what they typed is sent as against a value that nobody was shown: they are asked again.
    """
    made = QueryDict(mutable=True)
    order, mine = places(now), post.get("order-mine", "").split()
    take = post.get("order-take", "") if mine else "theirs"
    made.setlist("place", order if take == "theirs" else mine)
    made["order-was"] = " ".join(order) if take in ("theirs", "mine") else ""
    for number in post.getlist("clash")[:500]:
        name, take = post.get(f"c-{number}-name", ""), _taken(post, number)
        if take == "theirs":
            continue
        made[name] = post.get(f"c-{number}-{take or 'mine'}", "")
        made[f"{name}-was"] = post.get(f"c-{number}-was", "") if take else ""
        if name.endswith("-span"):
            _split(made, name)
        _stand(made, name, post.get(f"c-{number}-choice", ""))
    back = []
    for number in post.getlist("lost")[:MOST_ITEMS]:
        choice, take = post.get(f"l-{number}-choice", ""), post.get(f"l-{number}-take", "")
        fields = [(name, post.get(f"l-{number}-{name}", "")) for name in post.getlist(f"l-{number}-field")[:10]]
        if take == "back":
            back.append((choice, fields))
        elif take != "out":
            _again(made, post.get(f"l-{number}-prefix", ""), choice, fields)
    return made, back


def _taken(post: QueryDict, number: str) -> str:
    """What is to stand: theirs, mine, or merged; "" where nothing was chosen. Whoever writes a new text out of
    two wants that one.
    """
    take = post.get(f"c-{number}-take", "")
    if take in ("theirs", "mine", "merged"):
        return take
    wrote = f"c-{number}-merged" in post and digest(post[f"c-{number}-merged"]) != post.get(f"c-{number}-both", "")
    return "merged" if wrote else ""


def _again(made: QueryDict, prefix: str, choice: str, fields: Sequence[tuple[str, str]]) -> None:
    """Send what was written for something that is gone once more."""
    for name, text in fields:
        made[prefix + name], made[f"{prefix}{name}-was"] = text, ""
    _stand(made, prefix, choice)


def _stand(made: QueryDict, name: str, choice: str) -> None:
    """Have the item or section of a field stand in the form: it may have been taken out while its maker chose, and a
    field of what stands nowhere isn't read. `choice` puts an item back.
    """
    found = _OF.match(name)
    if found and (place := f"{found[1]}:{found[2]}") not in made.getlist("place"):
        made.appendlist("place", place)
    if found and found[1] == "i":
        made[f"{found[0]}choice"] = choice


def _split(made: QueryDict, name: str) -> None:
    """A span as the two fields that the arranging page has for it."""
    stem, text, was = name.removesuffix("span"), str(made.pop(name)[0]), str(made.pop(f"{name}-was")[0])
    ends, digests = [*text.replace("-", "–").split("–"), "", ""], [*was.split(), "", ""]
    for at, end in enumerate(_SPAN):
        made[stem + end], made[f"{stem}{end}-was"] = ends[at].strip(), digests[at]
