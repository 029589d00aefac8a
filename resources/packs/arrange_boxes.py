"""The fields of the page where a pack is arranged, ready for a template: what stands in them, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from resources.packs.actions.save import digest
from resources.packs.arrange_form import Sent, page_range, places
from resources.packs.clock import exact_clock
from resources.packs.models import Section
from resources.packs.overview import ItemOverview, PackOverview
from resources.packs.weighing import Weight
from resources.places import language_name, native_name


@dataclass(frozen=True, slots=True)
class Box:
    """A field: `was` are the digests of what stands in the database, by which a save tells who changed it."""

    name: str
    value: str
    was: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class ItemBoxes:
    """An item; `pages`, or `start` and `end`, when it is a part of something. `versions` are languages to choose, with
    their names. `size` are the bytes of its files in the zip, estimated if it `is_about`: for pages of a document, or
    for a work without files; 0 where nothing is known. `is_first` and `is_last` of the whole pack. `is_open` shows its
    fields at once.
    """

    told: ItemOverview
    note: Box
    questions: Box
    language: Box
    versions: tuple[tuple[str, str], ...]
    pages: Box | None
    start: Box | None
    end: Box | None
    size: int
    is_about: bool
    is_first: bool
    is_last: bool
    is_open: bool

    @property
    def key(self) -> str:
        return self.told.item.key

    @property
    def question_count(self) -> int:
        return sum(1 for line in self.questions.value.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class SectionBoxes:
    section: Section
    title: Box
    items: tuple[ItemBoxes, ...]
    minutes: int

    @property
    def key(self) -> str:
        return self.section.key


@dataclass(frozen=True, slots=True)
class PackBoxes:
    """`kept` are names and values of fields of items that were taken out meanwhile: they are sent again, so that the
    next save tells of them.
    """

    title: Box
    introduction: Box
    language: Box
    maker: Box
    target: Box
    sections: tuple[SectionBoxes, ...]
    order_was: str
    kept: tuple[tuple[str, str], ...] = ()


def boxes(told: PackOverview, weight: Weight, typed: QueryDict | None = None, sent: Sent | None = None) -> PackBoxes:
    """The fields as the database has them, or as they were `typed` and found wanting."""
    return _Maker(weight, typed, sent.errors if sent else {}).all(told, sent)


class _Maker:
    def __init__(self, weight: Weight, typed: QueryDict | None, errors: Mapping[str, str]) -> None:
        self._weight, self._typed, self._errors = weight, typed, errors

    def _time(self, name: str, seconds: float | None) -> Box:
        return self.box(name, seconds, shown=exact_clock(seconds))

    def box(self, name: str, *values: object, shown: str | None = None) -> Box:
        value = shown if shown is not None else "" if values[0] is None else str(values[0])
        was = " ".join(map(digest, values))
        if self._typed is not None and name in self._typed:
            value, was = self._typed.get(name, ""), self._typed.get(f"{name}-was", was)
        return Box(name, value, was, self._errors.get(name, ""))

    def all(self, told: PackOverview, sent: Sent | None) -> PackBoxes:
        pack = told.pack
        now = [(each.section.key, [item.item.key for item in each.items]) for each in told.sections]
        items = {item.item.key: item for item in told.items}
        sections = {each.section.key: each.section for each in told.sections}
        order = self._order(now, sent)
        flat = [key for _, keys in order for key in keys]
        made = {key: self._item(items[key], is_first=key == flat[0], is_last=key == flat[-1]) for key in flat}
        return PackBoxes(
            title=self.box("p-title", pack.title),
            introduction=self.box("p-introduction", pack.introduction),
            language=self.box("p-language", pack.language),
            maker=self.box("p-maker", pack.maker),
            target=self.box("p-target_minutes", pack.target_minutes),
            sections=tuple(
                SectionBoxes(
                    sections[key],
                    self.box(f"s-{key}-title", sections[key].title),
                    tuple(made[item] for item in keys),
                    sum(items[item].minutes for item in keys),
                )
                for key, keys in order
            ),
            order_was=" ".join(places(sent.order_was if sent else now)),
            kept=self._kept(sent, items, sections),
        )

    def _order(self, now: list[tuple[str, list[str]]], sent: Sent | None) -> list[tuple[str, list[str]]]:
        """As it stood on the page that was sent; what came meanwhile stands where it is, behind the rest."""
        if sent is None:
            return now
        home = {item: key for key, items in now for item in items}
        order = [(key, [each for each in items if each in home]) for key, items in sent.order if key in dict(now)]
        order += [(key, []) for key, _ in now if key not in dict(order)]
        placed = {item for _, items in order for item in items}
        for key, items in order:
            items += [item for item, where in home.items() if where == key and item not in placed]
        return order

    def _item(self, told: ItemOverview, *, is_first: bool, is_last: bool) -> ItemBoxes:
        item, prefix = told.item, f"i-{told.item.key}-"
        chosen = [item.language] if item.language and item.language not in told.languages else []
        budget = self._weight.items.get(item.key)
        return ItemBoxes(
            told=told,
            note=self.box(f"{prefix}note", item.note),
            questions=self.box(f"{prefix}questions", item.questions),
            language=self.box(f"{prefix}language", item.language),
            versions=tuple((code, version_name(code)) for code in [*told.languages, *chosen]),
            pages=(
                self.box(
                    f"{prefix}pages",
                    item.first_page,
                    item.last_page,
                    shown=page_range(item.first_page, item.last_page),
                )
                if told.work and item.first_page
                else None
            ),
            start=self.box(f"{prefix}start", item.start, shown=exact_clock(item.start))
            if self._is_span(told)
            else None,
            end=self.box(f"{prefix}end", item.end, shown=exact_clock(item.end)) if self._is_span(told) else None,
            size=(budget.files or budget.total) if budget else 0,
            is_about=budget is not None and not (budget.files and budget.is_exact),
            is_first=is_first,
            is_last=is_last,
            is_open=any(name.startswith(prefix) for name in self._errors),
        )

    def _is_span(self, told: ItemOverview) -> bool:
        return told.work is not None and told.item.end is not None

    def _kept(
        self, sent: Sent | None, items: Mapping[str, ItemOverview], sections: Mapping[str, Section]
    ) -> tuple[tuple[str, str], ...]:
        if sent is None or self._typed is None:
            return ()
        gone = [f"i-{key}-" for key in sent.items if key not in items]
        gone += [f"s-{key}-" for key in sent.sections if key not in sections]
        named = (
            [(name, self._typed.get(name, "")) for name in self._typed if name.startswith(tuple(gone))] if gone else []
        )
        return (*(("place", prefix[:-1].replace("-", ":")) for prefix in gone), *named)


def version_name(code: str) -> str:
    """A language for a maker: its name in the interface's language, and its own."""
    name, native = language_name(code), native_name(code)
    return name if name == native else f"{name} · {native}"
