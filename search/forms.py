"""GET parameters → `SearchQuery`. Pages take anything and say what they left out; programs are told what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from search import registry
from search.types import SearchQuery, Sort

LONGEST_TEXT = 10_000
PAGE_SIZE = 10
_LARGEST_PAGE = 999_999_999
_LONGEST_VALUE = 200


class Left(StrEnum):
    """A parameter that a page left out."""

    PAGE = "page"
    PAGE_SIZE = "page_size"
    SORT = "sort"
    TEXT = "text"


class BadParameter(ValueError):
    """A program sent a parameter that cannot be meant; the message tells which and what it may be."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A query, and what was left out of it: each with what stood there."""

    query: SearchQuery
    left_out: tuple[tuple[Left, str], ...] = field(default=())


def bind_page(params: QueryDict, *, ui: str, readers: frozenset[str], most: int = 50) -> Bound:
    """A query from whatever stands in an address. Nothing raises."""
    left_out: list[tuple[Left, str]] = []
    page, page_size, sort = _last(params, "page"), _last(params, "page_size"), _last(params, "sort")
    typed = _text(params)
    if len(typed) > LONGEST_TEXT:
        left_out.append((Left.TEXT, ""))
    for what, value in ((Left.PAGE, page), (Left.PAGE_SIZE, page_size)):
        if value and _positive(value) is None:
            left_out.append((what, value[:_LONGEST_VALUE]))
    if sort and sort not in set(Sort):
        left_out.append((Left.SORT, sort[:_LONGEST_VALUE]))
    query = SearchQuery(
        text=typed[:LONGEST_TEXT],
        ui=ui,
        filters=_filters(params),
        sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
        page=_positive(page) or 1,
        page_size=min(_positive(page_size) or PAGE_SIZE, most),
        readers=readers,
    )
    return Bound(query, tuple(left_out))


def bind_program(params: QueryDict, *, ui: str, readers: frozenset[str], most: int = 100) -> SearchQuery:
    """A query from a program's parameters; raises `BadParameter` for numbers and orders that are none."""
    for name in ("page", "page_size"):
        value = _last(params, name)
        if value and _positive(value) is None:
            raise BadParameter(_("The parameter “%(name)s” must be a whole number from 1.") % {"name": name})
    bound = bind_page(params, ui=ui, readers=readers, most=most)
    if any(what is Left.SORT for what, _value in bound.left_out):
        orders = ", ".join(Sort)
        raise BadParameter(_("The parameter “sort” must be one of these: %(orders)s.") % {"orders": orders})
    return bound.query


def _text(params: QueryDict) -> str:
    return _last(params, "q").strip()


def _last(params: QueryDict, name: str) -> str:
    """The value that counts of a parameter given several times: the last one that says anything."""
    return next((value for value in reversed(params.getlist(name)) if value.strip()), "").strip()


def _filters(params: QueryDict) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in registry.facets():
        values = tuple(dict.fromkeys(_values(params.getlist(name))))
        if values:
            found[name] = values
    return found


def _values(given: Iterable[str]) -> Iterable[str]:
    for each in given:
        for value in each.split(","):
            if value.strip():
                yield value.strip()[:_LONGEST_VALUE]


def _positive(value: str) -> int | None:
    """A whole number from 1 on, a very large one as the largest that has a meaning; None for anything else."""
    value = value.strip()
    if not value.isdecimal() or not value.strip("0"):
        return None
    if len(value) > len(str(_LARGEST_PAGE)):
        return _LARGEST_PAGE
    return int(value) or None
