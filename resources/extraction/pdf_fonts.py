"""What the codes of a composite PDF font mean and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHAR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
DEFAULT_WIDTH = 1000.0


class CodedFont:
    """A font whose codes are two bytes (Identity-H). `texts` says what each code means; `number` tells fonts of a
    file apart.
    """

    def __init__(self, number: int, texts: dict[int, str], widths: dict[int, float], default: float) -> None:
        self.number = number
        self.texts = texts
        self._widths = widths
        self._default = default

    def width(self, code: int) -> float:
        """Return how far `code` moves the pen, in thousandths of the font's size."""
        return self._widths.get(code, self._default)

    def codes(self, shown: Any) -> Iterator[int]:
        """Return the codes of a string as pypdf gives it."""
        data = bytes(shown.original_bytes)
        for place in range(0, len(data) - 1, 2):
            yield data[place] << 8 | data[place + 1]


def coded_font(font: Any, number: int) -> CodedFont | None:
    """Return the font of a PDF dictionary, None when it isn't a composite font of this kind. Raises what odd values
    raise.
    """
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H" or "/ToUnicode" not in font:
        return None
    texts = read_to_unicode(font["/ToUnicode"].get_object().get_data())
    descendant = font["/DescendantFonts"].get_object()[0].get_object()
    widths = _widths(descendant["/W"].get_object()) if "/W" in descendant else {}
    return CodedFont(number, texts, widths, float(descendant.get("/DW", DEFAULT_WIDTH)))


def read_to_unicode(cmap: bytes) -> dict[int, str]:
    """Return the text of each code in a /ToUnicode map (ISO 32000-1, 9.10.3)."""
    texts: dict[int, str] = {}
    for kind, block in _BLOCK.findall(cmap):
        if kind == b"bfchar":
            texts.update((int(code, 16), _text(said)) for code, said in _CHAR.findall(block))
            continue
        for first, last, said, several in _RANGE.findall(block):
            codes = range(int(first, 16), int(last, 16) + 1)
            if several:
                texts.update(zip(codes, map(_text, _HEX.findall(several)), strict=False))
            elif text := _text(said):
                texts.update(
                    (code, text[:-1] + chr(min(ord(text[-1]) + step, 0x10FFFF))) for step, code in enumerate(codes)
                )
    return texts


def _text(digits: bytes) -> str:
    return bytes.fromhex("".join(digits.decode("ascii").split())).decode("utf-16-be", "ignore")


def _widths(array: Any) -> dict[int, float]:
    """The /W array (ISO 32000-1, 9.7.4.3): `first [w …]` or `first last w`."""
    widths: dict[int, float] = {}
    place = 0
    while place + 1 < len(array):
        first, second = int(array[place]), array[place + 1].get_object()
        if isinstance(second, list):
            widths.update((first + step, float(width)) for step, width in enumerate(second))
            place += 2
        else:
            widths.update(dict.fromkeys(range(first, min(int(second), 0xFFFF) + 1), float(array[place + 2])))
            place += 3
    return widths
