"""Names of files that every system can unpack: ASCII, short, none reserved, none twice whatever the case."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

LONGEST = 48
"""Characters of a name without its number and ending: a path of the zip stays far below the 260 that Windows allows."""

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


class Names:
    """Gives names for the files of one zip, each but once.

    A number comes first, so that a folder is in the pack's order, and none is a device of Windows (CON, NUL, COM1).
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, folder: str, number: int, wanted: str, ending: str) -> str:
        """A path in the zip: `files/03-fact-sheet.pdf`. `wanted` is any text, `ending` one of our own."""
        stem = f"{number:02}"
        slug = plain(wanted)
        if slug:
            stem = f"{stem}-{slug}"
        name, again = f"{folder}/{stem}{ending}", 1
        while name in self._taken:
            again += 1
            name = f"{folder}/{stem}-{again}{ending}"
        self._taken.add(name)
        return name


def plain(text: str) -> str:
    """A text as small Latin letters, digits and hyphens; "" if nothing of it can be said in them."""
    letters = anyascii(unicodedata.normalize("NFC", text[:400])).lower()
    return _NOT_PLAIN.sub("-", letters).strip("-")[:LONGEST].strip("-")
