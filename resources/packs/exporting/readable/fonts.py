"""An embedded TrueType font that learns one composite glyph for each cluster of text."""

from __future__ import annotations

import re
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from resources.packs.exporting.readable.runs import Cluster
from resources.packs.exporting.readable.truetype import Part, TrueType

_BFCHAR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]*)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
_BFRANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_RANGE_BLOCK = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)
_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class ClusterFont:
    """One Type 0 font of a PDF whose codes are glyph numbers (Identity-H and an identity /CIDToGIDMap)."""

    def __init__(self, font: DictionaryObject) -> None:
        self._font = font
        self._descendant: Any = font["/DescendantFonts"][0].get_object()  # type: ignore[index]
        self._outlines = TrueType(self._descendant["/FontDescriptor"]["/FontFile2"].get_data())
        meaning: Any = font["/ToUnicode"].get_object()
        self.texts = _read_to_unicode(meaning.get_data())
        self._scale = 1000 / self._outlines.units
        self._composites: dict[tuple[object, ...], int] = {}
        self._said: dict[int, str] = {}

    def width(self, code: int) -> float:
        """Return the advance of `code` in thousandths of an em."""
        return self._outlines.advance(code) * self._scale

    def code_for(self, cluster: Cluster) -> int:
        """Return the code that draws the whole cluster and means its text, making the glyph when it is new."""
        head = cluster.glyphs[0]
        if len(cluster.glyphs) == 1 and self._said.get(head.code, cluster.text) == cluster.text:
            self._said[head.code] = cluster.text
            return head.code
        em = self._outlines.units / cluster.size
        parts = tuple(
            Part(glyph.code, round((glyph.x - head.x) * em), round((glyph.y - head.y) * em)) for glyph in cluster.glyphs
        )
        key = (parts, cluster.text)
        if key not in self._composites:
            code = self._outlines.compose(parts)
            self._composites[key], self._said[code] = code, cluster.text
        return self._composites[key]

    def store(self, writer: PdfWriter) -> None:
        """Write the outlines, the widths and the meaning of every code back into the PDF."""
        packed = self._outlines.packed()
        file = StreamObject()
        file.set_data(packed)
        file = file.flate_encode()
        file[NameObject("/Length1")] = NumberObject(len(packed))
        self._descendant["/FontDescriptor"][NameObject("/FontFile2")] = writer._add_object(file)
        widths = ArrayObject(_number(self.width(code)) for code in range(len(self._outlines)))
        self._descendant[NameObject("/W")] = ArrayObject([NumberObject(0), widths])
        meaning = StreamObject()
        # Pages that were left as they are still show its own glyphs.
        meaning.set_data(_to_unicode(self.texts | self._said))
        self._font[NameObject("/ToUnicode")] = writer._add_object(meaning.flate_encode())


def _number(value: float) -> FloatObject | NumberObject:
    return NumberObject(int(value)) if value == int(value) else FloatObject(round(value, 2))


def _read_to_unicode(cmap: bytes) -> dict[int, str]:
    texts: dict[int, str] = {}
    for block in _BLOCK.findall(cmap):
        for code, text in _BFCHAR.findall(block):
            texts[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in _RANGE_BLOCK.findall(cmap):
        for low, high, text in _BFRANGE.findall(block):
            first = bytes.fromhex(text.decode()).decode("utf-16-be")
            for step, code in enumerate(range(int(low, 16), int(high, 16) + 1)):
                texts[code] = first[:-1] + chr(ord(first[-1]) + step)
    return texts


def _to_unicode(said: dict[int, str]) -> bytes:
    """Return a ToUnicode CMap (Adobe technical note 5411: at most 100 entries a block)."""
    entries = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(said.items()) if text
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (_HEAD + body + _TAIL).encode("ascii")
