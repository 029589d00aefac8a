"""Which script a character is in, as far as search needs to know, and the character classes that follow from it."""

from __future__ import annotations

import re
from functools import lru_cache

from search.languages import LANGUAGES

LATIN_CLASS = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af"
    "\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uff21-\uff3a\uff41-\uff5a"
)
"""Letters of the Latin script, full-width forms included, for use inside [] of a pattern."""

DIGIT_CLASS = "0-9\uff10-\uff19"
MARK_CLASS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Combining marks that stand on Latin letters."""

HAN_CLASS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA_CLASS = "\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\uff66-\uff9f"

_UNSPACED: tuple[tuple[str, str], ...] = (
    ("Thai", "\u0e01-\u0e3a\u0e40-\u0e4e"),
    ("Laoo", "\u0e81-\u0ecf\u0edc-\u0edf"),
    ("Khmr", "\u1780-\u17d3\u17d7\u17dc\u17dd"),
    ("Mymr", "\u1000-\u103f\u1050-\u108f\u109a-\u109f\uaa60-\uaa7f\ua9e0-\ua9ef"),
    ("Hans", HAN_CLASS + KANA_CLASS),
)

UNSPACED_CLASSES: dict[str, str] = dict(_UNSPACED)
"""Letters and marks of each script that puts no space between words."""
UNSPACED_CLASS = "".join(UNSPACED_CLASSES.values())
"""Letters and marks of the scripts that put no space between words."""

_SCRIPTS = re.compile(
    "|".join(f"(?P<{name}>[{characters}])" for name, characters in (*_UNSPACED, ("Latn", f"[{LATIN_CLASS}]")))
    .replace("[[", "[")
    .replace("]]", "]")
)
UNSPACED = re.compile(f"[{UNSPACED_CLASS}]")

LATIN_LANGUAGES: tuple[str, ...] = tuple(language.code for language in LANGUAGES if language.script == "Latn")
LANGUAGE_OF_SCRIPT: dict[str, str] = {
    language.script: language.code for language in LANGUAGES if language.script != "Latn"
}


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """Give the ISO 15924 code of one character's script (Kana counts as Hans), or "" for digits, signs and other
    scripts.
    """
    found = _SCRIPTS.match(character)
    return (found.lastgroup or "") if found else ""


def script_language(character: str) -> str:
    """Give the language that one character's script is of; "" for letters that several share, digits and signs."""
    return LANGUAGE_OF_SCRIPT.get(script_of(character), "")


def count_scripts(text: str) -> dict[str, int]:
    """Count the letters of `text` by script. Linear."""
    counts: dict[str, int] = {}
    for found in _SCRIPTS.finditer(text):
        name = found.lastgroup or ""
        counts[name] = counts.get(name, 0) + 1
    return counts
