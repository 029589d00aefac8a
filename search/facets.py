"""Counts of values as facets that a reader can choose from: labels, order, trees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from search import registry
from search.indexing.collation import title_key
from search.registry import FacetDefinition, FacetOrder
from search.types import Facet, FacetValue

MOST_CHOSEN = 50
"""Values of one facet that a query may choose."""


def known_filters(
    filters: Mapping[str, Sequence[str]],
) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """The filters that the portal knows, spelt as it spells them, and the (facet, value) pairs that it doesn't."""
    known: dict[str, tuple[str, ...]] = {}
    ignored: list[tuple[str, str]] = []
    definitions = registry.facets()
    for name, values in filters.items():
        definition = definitions.get(name)
        for value in dict.fromkeys(values):
            chosen = known.get(name, ())
            found = None if definition is None else _known(definition, value)
            if found is None or (found not in chosen and len(chosen) >= MOST_CHOSEN):
                ignored.append((name, value))
            elif found not in chosen:
                known[name] = (*chosen, found)
    return known, tuple(ignored)


def _known(definition: FacetDefinition, value: str) -> str | None:
    """The value as it is known: addresses and programs write `vn` for VN and `zh-Hans` for zh-hans."""
    return next((each for each in (value, value.lower(), value.upper()) if definition.known(each)), None)


def labelled(
    counts: Mapping[str, Mapping[str, int]], filters: Mapping[str, Sequence[str]], ui: str
) -> tuple[Facet, ...]:
    """All facets, in the order of registration, with labels in `ui`; chosen values are there even when nothing has
    them.
    """
    return tuple(
        Facet(name, str(definition.label), tuple(_values(definition, counts.get(name, {}), filters.get(name, ()), ui)))
        for name, definition in registry.facets().items()
    )


def _values(
    definition: FacetDefinition, counts: Mapping[str, int], chosen: Sequence[str], ui: str
) -> Iterator[FacetValue]:
    found = dict(counts) | {value: counts.get(value, 0) for value in chosen}
    values = [
        FacetValue(value, definition.value_label(value, ui), count, selected=value in chosen)
        for value, count in found.items()
    ]
    children: dict[str | None, list[FacetValue]] = defaultdict(list)
    for value in _ordered(values, definition.order, ui):
        parent = definition.parent(value.value)
        children[parent if parent in found else None].append(value)
    yield from children[None] if len(children) == 1 else _tree(None, children, 0)


def _ordered(values: Iterable[FacetValue], order: FacetOrder, ui: str) -> list[FacetValue]:
    by_label = sorted(values, key=lambda value: title_key(value.label, ui))
    if order is FacetOrder.COUNT:
        return sorted(by_label, key=lambda value: -value.count)
    if order is FacetOrder.VALUE:
        return sorted(by_label, key=lambda value: value.value, reverse=True)
    return by_label


def _tree(parent: str | None, children: Mapping[str | None, list[FacetValue]], depth: int) -> Iterator[FacetValue]:
    for value in children.get(parent, ()):
        yield FacetValue(value.value, value.label, value.count, value.selected, depth)
        yield from _tree(value.value, children, depth + 1)
