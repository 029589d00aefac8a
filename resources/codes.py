"""Short codes that people read out and type. No Django."""

from __future__ import annotations

import secrets

# No vowels, so that no code is a word; no digits and letters that look alike.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 6
LONGEST_CODE = 12


def new_code(length: int = CODE_LENGTH) -> str:
    """A code to read out or type; chance alone keeps it from being one that exists."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def typed_code(text: str) -> str:
    """A code as somebody typed it: letters in either case, spaces and hyphens between them."""
    return text.replace(" ", "").replace("-", "").upper()


class CodeConverter:
    """Takes what can be a code in an address and nothing else, in either case, as people type it: 'k7m-2qx'. No word is
    one, for codes have no vowels.
    """

    regex = (
        f"(?:[{ALPHABET}{ALPHABET.lower()}][- ]?){{{CODE_LENGTH - 1},{LONGEST_CODE - 1}}}[{ALPHABET}{ALPHABET.lower()}]"
    )

    def to_python(self, value: str) -> str:
        return typed_code(value)

    def to_url(self, value: str) -> str:
        return value
