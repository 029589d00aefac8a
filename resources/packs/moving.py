"""Where an item or a section of a pack comes to stand when a button moves it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

Order = list[tuple[str, list[str]]]


def moved_item(order: Sequence[tuple[str, Sequence[str]]], item: str, *, down: bool) -> Order:
    """One place up or down; from the edge of a section into the one beside it."""
    made = [(key, list(items)) for key, items in order]
    for at, (_, items) in enumerate(made):
        if item not in items:
            continue
        place = items.index(item)
        if 0 <= (wanted := place + (1 if down else -1)) < len(items):
            items[place], items[wanted] = items[wanted], items[place]
        elif 0 <= (beside := at + (1 if down else -1)) < len(made):
            items.remove(item)
            made[beside][1].insert(0 if down else len(made[beside][1]), item)
        break
    return made


def moved_to_section(order: Sequence[tuple[str, Sequence[str]]], item: str, section: str) -> Order:
    """To the end of a section; nowhere if there is no such section."""
    if section not in {key for key, _ in order} or item not in {each for _, items in order for each in items}:
        return [(key, list(items)) for key, items in order]
    made = [(key, [each for each in items if each != item]) for key, items in order]
    return [(key, [*items, item] if key == section else items) for key, items in made]


def moved_section(order: Sequence[tuple[str, Sequence[str]]], section: str, *, down: bool) -> Order:
    """A section with its items, one place up or down."""
    made = [(key, list(items)) for key, items in order]
    place = next((at for at, (key, _) in enumerate(made) if key == section), None)
    if place is not None and 0 <= (wanted := place + (1 if down else -1)) < len(made):
        made[place], made[wanted] = made[wanted], made[place]
    return made
