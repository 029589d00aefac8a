"""Text typed before Unicode, whose letters come out as others: back to what was meant.

Sources: the VNI-Windows chart of VNI Software; TCVN 5712:1993, table 3 ("ABC"); TIS 620-2533 (Windows code page 874).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
_TCVN3_ONLY = re.compile("[µ¸¶·¹¨»¾¼½©®ª«¬]")

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT, _HAT, _BREVE = "\u0300\u0301\u0309\u0303\u0323\u0302\u0306"
_VNI_MARKS = {
    "ø": _GRAVE,
    "ù": _ACUTE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _HAT,
    "á": _HAT + _ACUTE,
    "à": _HAT + _GRAVE,
    "å": _HAT + _HOOK,
    "ã": _HAT + _TILDE,
    "ä": _HAT + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_VNI_MARKS |= {mark.upper(): marks for mark, marks in _VNI_MARKS.items()}
_VNI_LETTERS = {"ö": "ư", "ô": "ơ", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_LETTERS |= {letter.upper(): meant.upper() for letter, meant in _VNI_LETTERS.items()}
_VNI = re.compile(f"([aeouyöôAEOUYÖÔ])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])")
_VNI_ONLY = re.compile("[aeouyöôAEOUYÖÔ][øùûïåäØÙÛÏÅÄ]|[ñÑ](?=[aeouyöôAEOUYÖÔ])")

# Code page 1252 as Python shows bytes 80 to FF; what it leaves out is taken as the byte itself.
_BYTES = "[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_RUN = re.compile(f"{_BYTES}+")
_UTF8 = re.compile(f"[\xc2-\xf4]{_BYTES}{{1,3}}")


def vni(text: str) -> str:
    """Vietnamese in VNI-Windows to Unicode."""
    return normalize("NFC", _VNI.sub(_vni_letter, text))


def _vni_letter(found: re.Match[str]) -> str:
    if found[3]:
        return _VNI_LETTERS[found[3]]
    base = _VNI_LETTERS.get(found[1], found[1])
    return base + _VNI_MARKS[found[2]]


def tcvn3(text: str) -> str:
    """Vietnamese in TCVN3 to Unicode. Capitals with tones look like small letters in it: the font made them large."""
    return text.translate(_TCVN3)


def thai_bytes(text: str) -> str:
    """Thai in TIS-620 that was taken for Western European, to Unicode."""
    return _RUN.sub(lambda found: _as_bytes(found[0]).decode("cp874", "replace"), text)


def utf8_bytes(text: str) -> str:
    """UTF-8 that was taken for Western European, to what it says; runs that aren't UTF-8 stay."""
    return _RUN.sub(_as_utf8, text)


def _as_utf8(found: re.Match[str]) -> str:
    try:
        return _as_bytes(found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _as_bytes(text: str) -> bytes:
    return b"".join(
        character.encode("latin-1") if character <= "\xff" else character.encode("cp1252") for character in text
    )


CONVERTERS: dict[str, Callable[[str], str]] = {
    "utf8_bytes": utf8_bytes,
    "thai_bytes": thai_bytes,
    "vni": vni,
    "tcvn3": tcvn3,
}

SIGNS: dict[str, re.Pattern[str]] = {
    "utf8_bytes": _UTF8,
    "thai_bytes": re.compile("[\xa1-\xfb]{3,}"),
    "vni": _VNI_ONLY,
    "tcvn3": _TCVN3_ONLY,
}
"""What each encoding leaves in a text that the languages themselves hardly have."""
