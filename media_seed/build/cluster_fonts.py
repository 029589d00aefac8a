"""An embedded TrueType font that learns one composite glyph for each cluster of text."""

from __future__ import annotations

import io

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph as OutlineGlyph
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

from resources.packs.exporting.readable.clusters import Cluster, ClusterCodes, Part
from resources.packs.exporting.readable.to_unicode import read_to_unicode, written_to_unicode

ARGS_ARE_XY_VALUES = 0x0002
ROUND_XY_TO_GRID = 0x0004
HINTING_TABLES = ("fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX")


class ClusterFont:
    """One Type 0 font of a PDF whose codes are glyph numbers (Identity-H and an identity /CIDToGIDMap)."""

    def __init__(self, font: pikepdf.Object) -> None:
        self._font = font
        self._descendant = font.DescendantFonts[0]
        self.texts = read_to_unicode(font.ToUnicode.read_bytes())
        self._outlines = TTFont(
            io.BytesIO(self._descendant.FontDescriptor.FontFile2.read_bytes()), recalcTimestamp=False
        )
        self._scale: float = 1000 / self._outlines["head"].unitsPerEm
        self._names = list(self._outlines.getGlyphOrder())
        self._codes = ClusterCodes(self._outlines["head"].unitsPerEm, self._add)

    def width(self, code: int) -> float:
        """Return the advance of `code` in thousandths of an em."""
        advance: int = self._outlines["hmtx"][self._names[code]][0]
        return advance * self._scale

    def code_for(self, cluster: Cluster) -> int:
        """Return the code that draws the whole cluster and means its text, making the glyph when it is new."""
        return self._codes.code_for(cluster)

    def _add(self, parts: tuple[Part, ...]) -> int:
        glyph = OutlineGlyph()
        glyph.numberOfContours = -1
        glyph.components = []
        for part in parts:
            component = GlyphComponent()
            component.glyphName, component.x, component.y = self._names[part.glyph], part.dx, part.dy
            component.flags = ARGS_ARE_XY_VALUES | ROUND_XY_TO_GRID
            glyph.components.append(component)
        code, name = len(self._names), f"cluster{len(self._names)}"
        advances = self._outlines["hmtx"]
        advance = max(part.dx + advances[self._names[part.glyph]][0] for part in parts)
        self._names.append(name)
        self._outlines.setGlyphOrder(list(self._names))
        self._outlines["glyf"].glyphs[name] = glyph
        self._outlines["glyf"].glyphOrder = list(self._names)
        glyph.recalcBounds(self._outlines["glyf"])
        advances[name] = (max(advance, 0), getattr(glyph, "xMin", 0))
        return code

    def store(self, document: pikepdf.Pdf) -> None:
        """Write the outlines, the widths and the meaning of every code back into the PDF."""
        for table in HINTING_TABLES:
            if table in self._outlines:
                del self._outlines[table]
        glyf = self._outlines["glyf"]
        for name in self._names:
            glyf[name].removeHinting()
        packed = io.BytesIO()
        self._outlines.save(packed, reorderTables=None)
        stream = document.make_stream(packed.getvalue())
        stream.Length1 = len(packed.getvalue())
        self._descendant.FontDescriptor.FontFile2 = stream
        widths = [_number(self.width(code)) for code in range(len(self._names))]
        self._descendant.W = pikepdf.Array([0, pikepdf.Array(widths)])
        self._font.ToUnicode = document.make_stream(written_to_unicode(self._codes.said))


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 2)
