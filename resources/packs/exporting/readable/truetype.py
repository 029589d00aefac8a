"""A TrueType font that takes new glyphs composed of those that it has (ISO/IEC 14496-22)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise

from resources.packs.exporting.readable.clusters import Part

ARGS_ARE_WORDS, ARGS_ARE_XY_VALUES, ROUND_XY_TO_GRID, MORE_COMPONENTS = 0x1, 0x2, 0x4, 0x20
MAGIC = 0xB1B0AFBA
MOST_GLYPHS = 65_535


class TrueType:
    """Raises `ValueError`, `KeyError` or `struct.error` for bytes that are no TrueType font with outlines."""

    def __init__(self, data: bytes) -> None:
        self._kind = data[:4]
        (count,) = struct.unpack_from(">H", data, 4)
        self._tables: dict[bytes, bytes] = {}
        for at in range(count):
            tag, _, start, length = struct.unpack_from(">4sLLL", data, 12 + 16 * at)
            self._tables[tag] = data[start : start + length]
        (self.units,) = struct.unpack_from(">H", self._tables[b"head"], 18)
        (glyphs,) = struct.unpack_from(">H", self._tables[b"maxp"], 4)
        self._outlines = self._read_outlines(glyphs)
        self._metrics = self._read_metrics(glyphs)
        self._deepest = 1

    def __len__(self) -> int:
        return len(self._outlines)

    def advance(self, glyph: int) -> int:
        """In font units."""
        return self._metrics[glyph][0]

    def compose(self, parts: Sequence[Part]) -> int:
        """Add a glyph that draws all `parts`, and is as wide as they reach; return its number."""
        if len(self) >= MOST_GLYPHS:
            raise ValueError("the font is full")
        boxes = []
        body = b""
        for at, part in enumerate(parts):
            flags = ARGS_ARE_WORDS | ARGS_ARE_XY_VALUES | ROUND_XY_TO_GRID
            flags |= MORE_COMPONENTS if at + 1 < len(parts) else 0
            body += struct.pack(">HHhh", flags, part.glyph, part.dx, part.dy)
            box = self._box(part.glyph)
            if box is not None:
                boxes.append((box[0] + part.dx, box[1] + part.dy, box[2] + part.dx, box[3] + part.dy))
        around = (
            min((box[0] for box in boxes), default=0),
            min((box[1] for box in boxes), default=0),
            max((box[2] for box in boxes), default=0),
            max((box[3] for box in boxes), default=0),
        )
        self._outlines.append(struct.pack(">hhhhh", -1, *around) + body if boxes else b"")
        advance = max(part.dx + self.advance(part.glyph) for part in parts)
        self._metrics.append((min(max(advance, 0), 0xFFFF), around[0]))
        self._deepest = max(self._deepest, 3)
        return len(self) - 1

    def packed(self) -> bytes:
        """The bytes of the font as it is now."""
        tables = dict(self._tables)
        places, outlines = [0], bytearray()
        for outline in self._outlines:
            outlines += outline + b"\0" * (-len(outline) % 4)
            places.append(len(outlines))
        count = len(self)
        tables[b"glyf"] = bytes(outlines)
        tables[b"loca"] = struct.pack(f">{count + 1}L", *places)
        tables[b"hmtx"] = b"".join(struct.pack(">Hh", *metric) for metric in self._metrics)
        tables[b"hhea"] = tables[b"hhea"][:34] + struct.pack(">H", count)
        tables[b"maxp"] = self._bounds(tables[b"maxp"], count)
        # The sum of the whole counts as nought while it's made; places are long now.
        head = tables[b"head"]
        tables[b"head"] = head[:8] + b"\0\0\0\0" + head[12:50] + struct.pack(">h", 1) + head[52:]
        return _assembled(self._kind, tables)

    def _bounds(self, maxp: bytes, count: int) -> bytes:
        values = list(struct.unpack_from(">13H", maxp, 6)) if len(maxp) >= 32 else []
        if not values:
            return maxp[:4] + struct.pack(">H", count) + maxp[6:]
        # Most points and contours of a composite: no more than so many of its parts have together.
        values[2], values[3] = min(values[0] * 16 + values[2], 0xFFFF), min(values[1] * 16 + values[3], 0xFFFF)
        values[11], values[12] = max(values[11], 32), max(values[12], self._deepest)
        return maxp[:4] + struct.pack(">H13H", count, *values) + maxp[32:]

    def _read_outlines(self, glyphs: int) -> list[bytes]:
        glyf, loca = self._tables[b"glyf"], self._tables[b"loca"]
        (long_places,) = struct.unpack_from(">h", self._tables[b"head"], 50)
        if long_places:
            places = struct.unpack_from(f">{glyphs + 1}L", loca)
        else:
            places = tuple(2 * place for place in struct.unpack_from(f">{glyphs + 1}H", loca))
        return [glyf[start:end] for start, end in pairwise(places)]

    def _read_metrics(self, glyphs: int) -> list[tuple[int, int]]:
        (wide,) = struct.unpack_from(">H", self._tables[b"hhea"], 34)
        hmtx = self._tables[b"hmtx"]
        metrics = [struct.unpack_from(">Hh", hmtx, 4 * at) for at in range(min(wide, glyphs))]
        bearings = struct.unpack_from(f">{glyphs - len(metrics)}h", hmtx, 4 * wide)
        return [(int(metric[0]), int(metric[1])) for metric in metrics] + [
            (int(metrics[-1][0]), int(bearing)) for bearing in bearings
        ]

    def _box(self, glyph: int) -> tuple[int, int, int, int] | None:
        outline = self._outlines[glyph]
        if len(outline) < 10:
            return None
        left, bottom, right, top = struct.unpack_from(">hhhh", outline, 2)
        return left, bottom, right, top


def _assembled(kind: bytes, tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    steps = count.bit_length() - 1
    search = 16 << steps
    start = 12 + 16 * count
    directory, body = bytearray(), bytearray()
    head_at = 0
    for tag in sorted(tables):
        table = tables[tag]
        if tag == b"head":
            head_at = start + len(body)
        directory += struct.pack(">4sLLL", tag, _sum(table), start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    whole = bytearray(kind + struct.pack(">HHHH", count, search, steps, 16 * count - search) + directory + body)
    struct.pack_into(">L", whole, head_at + 8, (MAGIC - _sum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _sum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
