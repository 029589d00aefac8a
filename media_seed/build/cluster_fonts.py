"""An embedded TrueType font that learns one composite glyph for each cluster of text."""

from __future__ import annotations

import io
import re

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph as OutlineGlyph
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

from media_seed.build.glyph_runs import Cluster

ARGS_ARE_XY_VALUES = 0x0002
ROUND_XY_TO_GRID = 0x0004
HINTING_TABLES = ("fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX")
BFCHAR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]*)>")
BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
BFRANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
RANGE_BLOCK = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)

CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class ClusterFont:
    """One Type 0 font of a PDF whose codes are glyph numbers (Identity-H and an identity /CIDToGIDMap)."""

    def __init__(self, font: pikepdf.Object) -> None:
        self._font = font
        self._descendant = font.DescendantFonts[0]
        self.texts = _read_to_unicode(font.ToUnicode.read_bytes())
        self._outlines = TTFont(
            io.BytesIO(self._descendant.FontDescriptor.FontFile2.read_bytes()), recalcTimestamp=False
        )
        self._scale: float = 1000 / self._outlines["head"].unitsPerEm
        self._names = list(self._outlines.getGlyphOrder())
        self._composites: dict[tuple[object, ...], int] = {}
        self._said: dict[int, str] = {}

    def width(self, code: int) -> float:
        """Return the advance of `code` in thousandths of an em."""
        advance: int = self._outlines["hmtx"][self._names[code]][0]
        return advance * self._scale

    def code_for(self, cluster: Cluster) -> int:
        """Return the code that draws the whole cluster and means its text, making the glyph when it is new."""
        head = cluster.glyphs[0]
        if len(cluster.glyphs) == 1 and self._said.get(head.code, cluster.text) == cluster.text:
            self._said[head.code] = cluster.text
            return head.code
        em = 1000 / self._scale / cluster.size
        parts = tuple(
            (glyph.code, round((glyph.x - head.x) * em), round((glyph.y - head.y) * em)) for glyph in cluster.glyphs
        )
        key = (parts, cluster.text)
        if key not in self._composites:
            self._composites[key] = self._add(parts, cluster.text)
        return self._composites[key]

    def _add(self, parts: tuple[tuple[int, int, int], ...], text: str) -> int:
        glyph = OutlineGlyph()
        glyph.numberOfContours = -1
        glyph.components = []
        for code, dx, dy in parts:
            component = GlyphComponent()
            component.glyphName, component.x, component.y = self._names[code], dx, dy
            component.flags = ARGS_ARE_XY_VALUES | ROUND_XY_TO_GRID
            glyph.components.append(component)
        code, name = len(self._names), f"cluster{len(self._names)}"
        advances = self._outlines["hmtx"]
        advance = max(dx + advances[self._names[part]][0] for part, dx, _ in parts)
        self._names.append(name)
        self._outlines.setGlyphOrder(list(self._names))
        self._outlines["glyf"].glyphs[name] = glyph
        self._outlines["glyf"].glyphOrder = list(self._names)
        glyph.recalcBounds(self._outlines["glyf"])
        advances[name] = (max(advance, 0), getattr(glyph, "xMin", 0))
        self._said[code] = text
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
        self._font.ToUnicode = document.make_stream(_write_to_unicode(self._said))


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 2)


def _read_to_unicode(cmap: bytes) -> dict[int, str]:
    texts: dict[int, str] = {}
    for block in BLOCK.findall(cmap):
        for code, text in BFCHAR.findall(block):
            texts[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in RANGE_BLOCK.findall(cmap):
        for low, high, text in BFRANGE.findall(block):
            first = bytes.fromhex(text.decode()).decode("utf-16-be")
            for step, code in enumerate(range(int(low, 16), int(high, 16) + 1)):
                texts[code] = first[:-1] + chr(ord(first[-1]) + step)
    return texts


def _write_to_unicode(said: dict[int, str]) -> bytes:
    """Return a ToUnicode CMap (Adobe technical note 5411: at most 100 entries a block)."""
    entries = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(said.items()) if text
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (CMAP_HEAD + body + CMAP_TAIL).encode("ascii")
