"""Strings by which titles sort as readers of a language expect, without a library of collation.

Latin letters sort without case and diacritics; Thai and Lao vowels that are written before their consonant sort after
it, and their tone marks count last; Chinese characters of everyday use sort by their sound, in which order GB 2312
lists them; Khmer and Burmese sort by code point, which is their alphabets' order. Titles in the reader's own script
come first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from search.analysis import fold
from search.languages import LANGUAGES

_SCRIPT_OF_LANGUAGE = {language.code: language.script for language in LANGUAGES}
_RANGES = {
    "Latn": re.compile("[a-z]"),
    "Thai": re.compile("[\u0e00-\u0e7f]"),
    "Laoo": re.compile("[\u0e80-\u0eff]"),
    "Khmr": re.compile("[\u1780-\u17ff]"),
    "Mymr": re.compile("[\u1000-\u109f]"),
    "Hans": re.compile("[\u3400-\u9fff]"),
}
_NUMBER = re.compile(r"\d+")
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44\u0ec0-\u0ec4])([\u0e01-\u0e2e\u0e81-\u0eae\u0edc-\u0edf])")
_TONES = re.compile("[\u0e47-\u0e4c\u0ec8-\u0ecc]")
_HAN = re.compile("[\u4e00-\u9fff]")
_NOT_LETTERS = re.compile(r"[^\w\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]|_")
_LONGEST = 40
"""Letters by which titles sort: each work has a key for each language, so they are short."""


def title_key(title: str, ui: str) -> str:
    """A string whose code points sort titles for a reader of `ui`."""
    script, letters = _letters(title)
    if not script:
        group = 0
    elif script == _SCRIPT_OF_LANGUAGE.get(ui, "Latn"):
        group = 1
    else:
        group = 2 if script == "Latn" else 3
    return f"{group}{letters}"


@lru_cache(maxsize=256)
def folded_title(title: str) -> str:
    """A title as `fold` gives it; remembered, since several want it of the same work."""
    return fold(title)


@lru_cache(maxsize=4096)
def _letters(title: str) -> tuple[str, str]:
    """The script of a title's first letter, "" if it begins with none, and the title in the order of its letters."""
    folded = " ".join(_NOT_LETTERS.sub(" ", folded_title(title)).split())[:_LONGEST]
    letters = _TONES.sub("", _LEADING_VOWEL.sub(r"\2\1", folded))
    letters = _HAN.sub(lambda found: _by_sound(found[0]), letters)
    letters = _NUMBER.sub(lambda found: found[0].lstrip("0").rjust(8, "0"), letters)
    # Tones count last, so that titles which differ by them alone keep an order.
    return _script(folded), f"{letters}\t{''.join(_TONES.findall(folded))}"


def _script(folded: str) -> str:
    if not folded or not folded[0].isalpha():
        return ""
    return next((script for script, letters in _RANGES.items() if letters.match(folded)), "other")


def _by_sound(character: str) -> str:
    try:
        first, second = character.encode("gb2312")
    except UnicodeEncodeError:
        return character
    # Private-use characters keep the order of GB 2312 and stand for nothing else.
    return chr(0xE000 + (first - 0xB0) * 94 + (second - 0xA1))
