"""What is told of something that needs attention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the library is looked at: what names a country, what is in a language; "" is all."""

    country: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: `title` in `language`, what is the matter, what to do, and the address where it is done."""

    title: str
    language: str
    kind: str
    matter: str
    todo: str
    url: str

    @property
    def label(self) -> str:
        from resources.attention.kinds import LABELS

        return str(LABELS[self.kind])


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of matter: `found` asks for all of a scope, in a fixed order; `told` makes rows of some of them, with a
    fixed number of queries.
    """

    key: str
    label: str | Promise
    found: Callable[[Scope], QuerySet[Any]]
    told: Callable[[Sequence[Any]], list[Finding]]
