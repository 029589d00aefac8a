"""Text as it should have been written: one form for what looks the same, nothing invisible, still fit to show to a
reader.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, decimal, normalize

from search.analysis.letterspaced import close_up
from search.analysis.repair import compose, repair
from search.analysis.traditional import simplified

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ODD = re.compile(f"{_INVISIBLE.pattern}|{_LINE_ENDS.pattern}")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u2010][ \t]*\n[ \t]*(?=[^\W\d_])")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]*\Z")
_LETTERS = re.compile(r"[^\W\d_]*")
_LONGEST_WORD = 40


def readable(text: str, *, letterspaced: bool = True, zawgyi: bool = True) -> str:
    """Give `text` in NFC with the script repairs, fit to show: case and diacritics stay, line ends are "\\n".

    Lone surrogates, control and invisible characters go; words broken by a hyphen at a line's end, or with a space
    after every letter, are whole again; Zawgyi becomes Unicode. Doing it twice changes nothing more. Linear.
    `letterspaced` and `zawgyi` leave out these two, which may be wrong about a text.
    """
    if letterspaced:
        text = close_up(text)
    if not text.isascii() or not text.isprintable():
        # Most texts hold none of either: one look is half the work of two replacements.
        if _ODD.search(text):
            text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
        if "\n" in text:
            text = _BROKEN_WORD.sub(_join, text)
        if not text.isascii():
            text = normalize("NFC", repair(normalize("NFC", text), zawgyi=zawgyi))
    return text


def _join(found: re.Match[str]) -> str:
    text = found.string
    if not text[found.end()].islower():
        return found[0]
    before = _LETTERS_BEFORE.search(text[max(0, found.start() - _LONGEST_WORD) : found.start()])
    after = _LETTERS.match(text[found.end() : found.end() + _LONGEST_WORD])
    # A word said twice, as "anak-anak", keeps its hyphen.
    return "-" if before and after and before[0].casefold() == after[0].casefold() else ""


_SAME: dict[int, str] = {ord("’"): "'", ord("ʼ"): "'", ord("‘"): "'", 0x17B2: "\u17b1"}
_LOOK_ALIKE = re.compile("[’ʼ‘\u17b2]")
_NATIVE_DIGIT = re.compile(r"[^\D0-9]")
_NO_ACCENT = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold_word(word: str) -> str:
    """Give a readable `word` for comparison: NFKC, casefolded, ASCII digits, look-alikes of Lao and Khmer as one,
    simplified Chinese characters. Accents stay.
    """
    if word.isascii():
        return word.lower()
    word = normalize("NFKC", normalize("NFKC", word).casefold())
    if _LOOK_ALIKE.search(word):
        word = word.translate(_SAME)
    return _NATIVE_DIGIT.sub(lambda found: str(decimal(found[0])), compose(simplified(word)))


def strip_accents(word: str) -> str:
    """Give a folded word without the diacritics of Latin letters ("thất nghiệp" → "that nghiep"); other scripts
    keep their marks.
    """
    if word.isascii():
        return word
    return "".join(map(_strip_one, word.translate(_NO_ACCENT)))


@lru_cache(maxsize=4096)
def _strip_one(character: str) -> str:
    base = normalize("NFD", character)
    if "a" <= base[0] <= "z":
        return "".join(part for part in base if category(part) != "Mn")
    return "" if "\u0300" <= character <= "\u036f" else character


def fold(text: str) -> str:
    """Give `text` for prefix comparison and suggestions: repaired, casefolded, no diacritics on Latin letters,
    ASCII digits.
    """
    return strip_accents(fold_word(readable(text)))
