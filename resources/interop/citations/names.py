"""Which names may be turned round ('Author, A.'), and which stand as they are. docs/decisions/names-in-citations.md
says why.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from resources.interop.citations.cleaning import one_line
from resources.interop.record import Record
from resources.places import cldr

_PARTICLES = frozenset(
    {"al", "bin", "binte", "binti", "da", "das", "de", "del", "della", "den", "der", "di"}
    | {"do", "dos", "e", "el", "la", "le", "ter", "van", "von", "y"}
)
# Beginnings of words that name bodies, not people, in the languages of the portal that are written in Latin letters.
_BODIES = re.compile(
    r"(agen|asea?n|associa|asosias|authorit|badan|bank|bureau|bộ|center|centre|comiss|commiss|committee|conselho|council|"
    r"cục|dep[ae]rt|dewan|direct|division|faculty|federa|forum|foundation|fund|gabinete|gover|group|inst|jabatan|"
    r"kagawaran|kement|lembaga|minist|nation|network|offic|organi|pertubuhan|program|project|secret|sekretariat|serv|"
    r"social|societ|team|tổ|tổng|trung|union|unit|univers|viện|world|yayasan|đại)"
)
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts (`family`, `given`), or one that stands as it is (`literal`)."""

    literal: str = ""
    family: str = ""
    given: str = ""

    @property
    def plain(self) -> str:
        """As it was given."""
        return self.literal or f"{self.family}, {self.given}"


def name_of(text: str) -> Name:
    """A name in parts if it is given as 'Family, Given' and reads as a person's, else as it stands."""
    cleaned = one_line(text)
    parts = [part.strip() for part in cleaned.split(",")]
    if len(parts) != 2 or not all(_is_part_of_a_person(part) for part in parts) or parts[1] in _countries():
        return Name(literal=cleaned)
    return Name(family=parts[0], given=parts[1])


def names_of(record: Record) -> list[Name]:
    """The authors; without any the publisher, whose work it then is; an empty list without either."""
    names = [name for name in map(name_of, record.authors) if name.plain]
    publisher = one_line(record.publisher)
    return names or ([Name(literal=publisher)] if publisher else [])


def _is_part_of_a_person(part: str) -> bool:
    """Few words of letters that have small and capital forms, each with a capital but for particles ('van', 'bin').

    An initial can only be taken of such letters: citeproc makes nonsense of Thai or Chinese given names.
    """
    words = part.split()
    others = [word for word in words if word.lower() not in _PARTICLES]
    return 0 < len(words) <= _MOST_WORDS and bool(others) and all(map(_is_name, others))


def _is_name(word: str) -> bool:
    letters = [char for char in word if char not in ".-'’" and not unicodedata.combining(char)]
    cased = all(char.isupper() or char.islower() for char in letters)
    pieces = [piece for piece in re.split(r"[-.]", word) if piece]
    return (
        bool(letters)
        and cased
        and word[0].isupper()
        and all(piece[0].isalpha() for piece in pieces)
        and not _BODIES.match(word.lower())
    )


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """'UNICEF, Cambodia' is no person."""
    return frozenset(str(name) for name in cldr("en").territories.values())
