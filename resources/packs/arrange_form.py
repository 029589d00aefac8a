"""The one form of the page where a pack is arranged: what was typed, checked and made into values.

Names of fields: `p-<field>` for the pack, `s-<key>-<field>` for a section, `i-<key>-<field>` for an item; `<name>-was`
is the digest of what the field was shown with. `place` stands once for each section (`s:<key>`) and each item
(`i:<key>`), in the order in which they stand on the page; `order-was` is what that order was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from resources.packs.actions.arrange import MOST_SECTIONS
from resources.packs.actions.save import Field
from resources.packs.choosing import read_clock, read_pages
from resources.packs.clock import exact_clock
from resources.packs.models.pack import LONGEST_TEXT, LONGEST_TITLE, MOST_ITEMS
from resources.packs.moving import Order
from search.languages import LANGUAGE_CODES

LONGEST_MAKER = 120
MOST_MINUTES = 10_000
_PLACE = re.compile(r"([si]):([0-9A-Z]{1,12})")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Limit:
    """What there is of the document that an item is a part of: pages, or seconds."""

    pages: int | None = None
    seconds: float | None = None


@dataclass(slots=True)
class Sent:
    """What a form says. `errors` are by name of the field, in the language in force."""

    own: dict[str, Field] = field(default_factory=dict)
    sections: dict[str, dict[str, Field]] = field(default_factory=dict)
    items: dict[str, dict[str, Field]] = field(default_factory=dict)
    order: Order = field(default_factory=list)
    order_was: Order = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def read_form(post: QueryDict, limits: Mapping[str, Limit], without: str = "") -> Sent:
    """What was sent; of the item whose key is `without`, which is taken out at once, nothing is wrong."""
    sent = Sent(order=read_order(post.getlist("place")), order_was=read_order(post.get("order-was", "").split()))
    reader = _Reader(post, sent.errors)
    reader.text(sent.own, "p-", "title", LONGEST_TITLE, lines=False)
    reader.text(sent.own, "p-", "introduction", LONGEST_TEXT)
    reader.text(sent.own, "p-", "maker", LONGEST_MAKER, lines=False)
    reader.language(sent.own, "p-", required=True)
    reader.minutes(sent.own)
    for key, items in sent.order:
        reader.text(sent.sections.setdefault(key, {}), f"s-{key}-", "title", LONGEST_TITLE, lines=False)
        for item in items:
            fields = sent.items.setdefault(item, {})
            prefix = f"i-{item}-"
            reader.text(fields, prefix, "note", LONGEST_TEXT)
            reader.text(fields, prefix, "questions", LONGEST_TEXT)
            reader.language(fields, prefix, required=False)
            reader.pages(fields, prefix, limits.get(item, Limit()))
            reader.times(fields, prefix, limits.get(item, Limit()))
    if without:
        wrong = [name for name in sent.errors if name.startswith(f"i-{without}-")]
        for name in wrong:
            del sent.errors[name]
    return sent


def read_order(places: Iterable[str]) -> Order:
    """Places as sections with their items, each once; items before any section are left out."""
    order: Order = []
    seen: set[str] = set()
    for place in list(places)[: MOST_ITEMS + MOST_SECTIONS]:
        found = _PLACE.fullmatch(place)
        if found is None or place in seen:
            continue
        seen.add(place)
        if found[1] == "s":
            order.append((found[2], []))
        elif order:
            order[-1][1].append(found[2])
    return order


def places(order: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """The places that `read_order` reads."""
    return [place for key, items in order for place in (f"s:{key}", *(f"i:{item}" for item in items))]


def only(order: Order, known: Order) -> Order:
    """`order` as far as its sections and items stand in `known`."""
    sections, items = {key for key, _ in known}, {item for _, each in known for item in each}
    return [(key, [item for item in each if item in items]) for key, each in order if key in sections]


def clean(text: str, *, lines: bool = True) -> str:
    """Text that a database can hold: without control characters, and on one line unless `lines`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", text)
    return text.strip() if lines else " ".join(text.split())


def read_number(text: str) -> int | None:
    """A whole number in any script's digits; None for anything else."""
    text = text.strip()
    if not text or len(text) > 6 or not all(character.isdecimal() for character in text):
        return None
    return int("".join(str(unicodedata.decimal(character)) for character in text))


def page_range(first: int | None, last: int | None) -> str:
    """Pages as `read_pages` reads them: '3–7', or '3'."""
    return f"{first}" if first == last else f"{first}–{last}"


class _Reader:
    def __init__(self, post: QueryDict, errors: dict[str, str]) -> None:
        self._post, self._errors = post, errors

    def _was(self, name: str) -> list[str]:
        # Two digests where one field shows two values.
        return [*self._post.get(f"{name}-was", "").split(), "", ""][:2]

    def text(self, into: dict[str, Field], prefix: str, name: str, longest: int, *, lines: bool = True) -> None:
        typed = self._post.get(prefix + name)
        if typed is None:
            return
        value = clean(typed, lines=lines)
        if len(value) > longest:
            over = len(value) - longest
            self._errors[prefix + name] = ngettext(
                "This is %(over)s character too long: %(most)s fit in.",
                "This is %(over)s characters too long: %(most)s fit in.",
                over,
            ) % {"over": over, "most": longest}
        into[name] = Field(value, self._was(prefix + name)[0])

    def language(self, into: dict[str, Field], prefix: str, *, required: bool) -> None:
        typed = self._post.get(f"{prefix}language")
        if typed is None:
            return
        if typed not in LANGUAGE_CODES and (typed or required):
            self._errors[f"{prefix}language"] = gettext("Choose one of the languages.")
        into["language"] = Field(typed, self._was(f"{prefix}language")[0])

    def minutes(self, into: dict[str, Field]) -> None:
        typed = self._post.get("p-target_minutes")
        if typed is None:
            return
        value = read_number(typed) if typed.strip() else None
        if typed.strip() and not (value and value <= MOST_MINUTES):
            self._errors["p-target_minutes"] = gettext("Type a number of minutes, for example 90, or nothing.")
        into["target_minutes"] = Field(value, self._was("p-target_minutes")[0])

    def pages(self, into: dict[str, Field], prefix: str, limit: Limit) -> None:
        typed = self._post.get(f"{prefix}pages")
        if typed is None:
            return
        found = read_pages(typed)
        if found is None:
            self._errors[f"{prefix}pages"] = gettext("Type pages as a number, or the first and the last one: 3–7.")
            return
        if limit.pages and found[1] > limit.pages:
            self._errors[f"{prefix}pages"] = ngettext(
                "This document has %(count)s page.", "This document has %(count)s pages.", limit.pages
            ) % {"count": limit.pages}
        first, last = self._was(f"{prefix}pages")
        into["first_page"], into["last_page"] = Field(found[0], first), Field(found[1], last)

    def times(self, into: dict[str, Field], prefix: str, limit: Limit) -> None:
        if f"{prefix}start" not in self._post or f"{prefix}end" not in self._post:
            return
        found: list[float] = []
        for name in ("start", "end"):
            value = read_clock(self._post.get(f"{prefix}{name}", ""))
            if value is None:
                self._errors[f"{prefix}{name}"] = gettext("Type a time as minutes and seconds: 2:10.")
            else:
                found.append(value)
                into[name] = Field(value, self._was(f"{prefix}{name}")[0])
        if len(found) < 2:
            return
        if found[0] >= found[1]:
            self._errors[f"{prefix}end"] = gettext("The end has to come after the beginning.")
        elif limit.seconds and found[1] > limit.seconds + 0.5:
            self._errors[f"{prefix}end"] = gettext("The video ends at %(time)s.") % {"time": exact_clock(limit.seconds)}
