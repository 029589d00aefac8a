"""Text from people, made fit for formats in which a line's end, or a character nobody sees, means something."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

# Controls, halves of pairs, and characters of private use, which `as_text` needs for its own marks.
_DROPPED = frozenset({"Cc", "Cs", "Co"})
# They turn the direction of all that follows; nothing in the portal's languages needs them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Kept as they are in an address; the rest, also what ends a field of RIS or BibTeX, is written by its bytes.
_ADDRESS = ":/?#[]@!$&'()*+,=%~-._"


def one_line(text: str) -> str:
    """The text in one line, without what can't be seen: every run of white space, line ends of Unicode included, is
    one space. Joiners and zero-width spaces stay, Khmer and Burmese need them.
    """
    return " ".join("".join(char for char in text if char.isspace() or not _is_dropped(char)).split())


def _is_dropped(char: str) -> bool:
    return unicodedata.category(char) in _DROPPED or char in _TURNING


def web_address(url: str) -> str:
    """An address in ASCII, without braces, backslashes, semicolons and spaces; "" if it isn't one of the web."""
    cleaned = one_line(url)
    return quote(cleaned, safe=_ADDRESS) if cleaned.lower().startswith(("http://", "https://")) else ""
