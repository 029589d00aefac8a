"""What the codes of a composite PDF font mean and how wide they are."""

from __future__ import annotations

import re
import struct
from typing import Any

from resources.extraction.pdf_operations import string

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHAR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
DEFAULT_WIDTH = 1000.0

Glyph = tuple[int, str, float]
"""A code, what it means, and how far it moves the pen, in thousandths of the font's size."""


class CodedFont:
    """A font whose codes are two bytes (Identity-H). `number` tells fonts of a file apart."""

    def __init__(self, number: int, texts: dict[int, str], widths: dict[int, float], default: float) -> None:
        self.number = number
        self._texts = texts
        self._widths = widths
        self._default = default
        self._shown: dict[bytes, tuple[Glyph, ...]] = {}

    def glyphs(self, shown: bytes) -> tuple[Glyph, ...]:
        """Return the glyphs of a string as it is written in a content stream. Raises ValueError."""
        # The same few letters and clusters come again and again.
        if shown not in self._shown:
            self._shown[shown] = tuple(map(self._glyph, _codes(string(shown))))
        return self._shown[shown]

    def _glyph(self, code: int) -> Glyph:
        return code, self._texts.get(code, ""), self._widths.get(code, self._default)


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


def _codes(data: bytes) -> tuple[int, ...]:
    count = len(data) // 2
    return struct.unpack(f">{count}H", data[: 2 * count])


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
