"""The names by which a reference manager knows the works of a list."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from anyascii import anyascii

from resources.interop.citations.facts import title_of
from resources.interop.citations.names import names_of
from resources.interop.record import Record

_LONGEST = 16


def keys_of(records: Iterable[Record]) -> list[str]:
    """A key for each: ASCII letters, digits and hyphens, 'author2021title-3fa91c'.

    It comes from the record alone, so that a work has the same key in every list. A record that stands in the list
    twice has `-2` after it.
    """
    keys: list[str] = []
    seen: dict[str, int] = {}
    for record in records:
        key = key_of(record)
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys


def key_of(record: Record) -> str:
    """A key as reference managers make them, of name, year and title; the digest at its end tells records apart."""
    names = names_of(record)
    who = _word((names[0].family or names[0].literal) if names else "")
    when = str(record.year) if record.year else "nd"
    identity = "\0".join((record.identifier, record.language, record.part, record.url, record.title))
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{who or 'work'}{_word(when)}{_word(title_of(record))}-{digest[:8]}"


def _word(text: str) -> str:
    """The first word that is more than an initial, in ASCII."""
    words = [re.sub(r"[^a-z0-9]", "", word) for word in anyascii(text).lower().split()]
    return next((word for word in words if len(word) > 1), "".join(words))[:_LONGEST]
