"""Codes of packs in addresses."""

from __future__ import annotations

from resources.packs.codes import ALPHABET, CODE_LENGTH, LONGEST_CODE, typed_code


class CodeConverter:
    """Takes what can be a code of a pack and nothing else, in either case, as people type it: 'k7m-2qx'. No word is
    one, for codes have no vowels.
    """

    regex = (
        f"(?:[{ALPHABET}{ALPHABET.lower()}][- ]?){{{CODE_LENGTH - 1},{LONGEST_CODE - 1}}}[{ALPHABET}{ALPHABET.lower()}]"
    )

    def to_python(self, value: str) -> str:
        return typed_code(value)

    def to_url(self, value: str) -> str:
        return value
