"""Spellings that look alike made one: Khmer, Lao, Thai and Burmese as real documents have them. Every step is
linear.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from search.analysis.zawgyi import looks_like_zawgyi, to_unicode

_THAI_LAO = re.compile("[\u0e00-\u0eff]")
_KHMER = re.compile("[\u1780-\u17ff]")
_MYANMAR = re.compile("[\u1000-\u109f]")

# Thai and Lao: a tone follows the vowel above or below its letter; sara am is one code point, after the tone.
_THAI_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}")
_THAI_ORDER = dict.fromkeys(map(chr, range(0x0E47, 0x0E4F)), 1) | {"\u0e4d": 2}
_LAO_MARKS = re.compile("[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]{2,}")
_LAO_ORDER = dict.fromkeys(map(chr, range(0x0EC8, 0x0ECF)), 1) | {"\u0ecd": 2}
_TWO_LETTERS = re.compile("\u0e4d\u0e32|\u0ecd\u0eb2|\u0eab[\u0e99\u0ea1]")
_ONE_LETTER = {"\u0e4d\u0e32": "\u0e33", "\u0ecd\u0eb2": "\u0eb3", "\u0eab\u0e99": "\u0edc", "\u0eab\u0ea1": "\u0edd"}

# Khmer: letter, subscripts (ro last), register shifter, vowel, signs (Unicode Standard, chapter 16.4).
_KHMER_MARKS = re.compile("(?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd]){2,}")
_KHMER_PART = re.compile("\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd]")
_KHMER_LOOK_ALIKE = re.compile("\u17d2\u178a|\u17c1\u17b8|\u17c1\u17b6|\u17a3|\u17a4|[\u17b4\u17b5]")
_KHMER_ONE = {
    "\u17d2\u178a": "\u17d2\u178f",
    "\u17c1\u17b8": "\u17be",
    "\u17c1\u17b6": "\u17c4",
    "\u17a3": "\u17a2",
    "\u17a4": "\u17a2\u17b6",
    "\u17b4": "",
    "\u17b5": "",
}

# Burmese: vowels above come before those below, anusvara after both.
_BURMESE_MARKS = re.compile("[\u102d\u102e\u102f\u1030\u1032\u1036]{2,}")
_BURMESE_ORDER = {mark: place for place, mark in enumerate("\u102d\u102e\u1032\u102f\u1030\u1036")}


def repair(text: str, *, zawgyi: bool = True) -> str:
    """Give `text` (NFC, no invisible characters) with one spelling for what looks the same. Doing it twice changes
    nothing more. Without `zawgyi` what is in that encoding stays in it.
    """
    if _THAI_LAO.search(text):
        text = _thai_lao(text)
    if _KHMER.search(text):
        text = _khmer(text)
    if _MYANMAR.search(text):
        text = _burmese(text) if zawgyi else _burmese_as_it_is(text)
    return text


def _burmese_as_it_is(text: str) -> str:
    return text if looks_like_zawgyi(text) else _burmese_ordered(text)


def _burmese(text: str) -> str:
    if looks_like_zawgyi(text):
        converted = _burmese_ordered(to_unicode(text))
        # What still looks like Zawgyi was no Burmese: let it be.
        return _burmese_ordered(text) if looks_like_zawgyi(converted) else converted
    return _burmese_ordered(text)


def _burmese_ordered(text: str) -> str:
    text = _BURMESE_MARKS.sub(lambda found: "".join(sorted(found[0], key=_BURMESE_ORDER.__getitem__)), text)
    return normalize("NFC", text)


def _thai_lao(text: str) -> str:
    text = text.replace("\u0e40\u0e40", "\u0e41").replace("\u0ec0\u0ec0", "\u0ec1")
    text = _THAI_MARKS.sub(lambda found: "".join(sorted(found[0], key=lambda mark: _THAI_ORDER.get(mark, 0))), text)
    text = _LAO_MARKS.sub(lambda found: "".join(sorted(found[0], key=lambda mark: _LAO_ORDER.get(mark, 0))), text)
    return compose(text)


def compose(text: str) -> str:
    """Give Thai and Lao `text` with sara am, ho no and ho mo each as one code point."""
    return _TWO_LETTERS.sub(lambda found: _ONE_LETTER[found[0]], text)


def _khmer(text: str) -> str:
    text = _KHMER_MARKS.sub(_khmer_ordered, text)
    return _KHMER_LOOK_ALIKE.sub(lambda found: _KHMER_ONE[found[0]], text)


def _khmer_ordered(found: re.Match[str]) -> str:
    return "".join(sorted(_KHMER_PART.findall(found[0]), key=_khmer_place))


def _khmer_place(part: str) -> int:
    if part[0] == "\u17d2":
        return 1 if part[1] == "\u179a" else 0
    if part in "\u17c9\u17ca":
        return 2
    return 3 if part <= "\u17c5" else 4
