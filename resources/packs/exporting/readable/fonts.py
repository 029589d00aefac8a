"""An embedded TrueType font that learns one composite glyph for each cluster of text."""

from __future__ import annotations

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

from resources.packs.exporting.readable.clusters import Cluster, ClusterCodes
from resources.packs.exporting.readable.to_unicode import read_to_unicode, written_to_unicode
from resources.packs.exporting.readable.truetype import TrueType


class ClusterFont:
    """One Type 0 font of a PDF whose codes are glyph numbers (Identity-H and an identity /CIDToGIDMap)."""

    def __init__(self, font: DictionaryObject) -> None:
        self._font = font
        self._descendant: Any = font["/DescendantFonts"][0].get_object()  # type: ignore[index]
        self._outlines = TrueType(self._descendant["/FontDescriptor"]["/FontFile2"].get_data())
        meaning: Any = font["/ToUnicode"].get_object()
        self.texts = read_to_unicode(meaning.get_data())
        self._scale = 1000 / self._outlines.units
        self._codes = ClusterCodes(self._outlines.units, self._outlines.compose)

    def width(self, code: int) -> float:
        """Return the advance of `code` in thousandths of an em."""
        return self._outlines.advance(code) * self._scale

    def code_for(self, cluster: Cluster) -> int:
        """Return the code that draws the whole cluster and means its text, making the glyph when it is new."""
        return self._codes.code_for(cluster)

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
        meaning.set_data(written_to_unicode(self.texts | self._codes.said))
        self._font[NameObject("/ToUnicode")] = writer._add_object(meaning.flate_encode())


def _number(value: float) -> FloatObject | NumberObject:
    return NumberObject(int(value)) if value == int(value) else FloatObject(round(value, 2))
