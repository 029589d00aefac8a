"""What is said of something that needs attention."""

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
    """One row: `title` in `language`, what is wrong, what to do, and the address where it is done."""

    title: str
    language: str
    kind: str
    problem: str
    todo: str
    url: str

    @property
    def label(self) -> str:
        from resources.attention.kinds import LABELS

        return str(LABELS[self.kind])


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: `found` asks for all of a scope, in a fixed order; `describe` makes rows of some of them, with
    a fixed number of queries.
    """

    key: str
    label: str | Promise
    found: Callable[[Scope], QuerySet[Any]]
    describe: Callable[[Sequence[Any]], list[Finding]]
