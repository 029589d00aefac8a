"""Fonts that learn glyphs stay fonts."""

from __future__ import annotations

import io
import struct

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from resources.packs.exporting.printing.typography import FONTS
from resources.packs.exporting.readable.truetype import Part, TrueType

NAMES = sorted(path.name for path in FONTS.glob("*.ttf"))


@pytest.mark.parametrize("data", [b"", b"\0\1\0\0", b"OTTO" + bytes(40), b"\0\1\0\0\0\1" + bytes(22)])
def test_bytes_that_are_no_font_are_told(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, struct.error)):
        TrueType(data)


@pytest.mark.parametrize("name", NAMES)
def test_a_composed_glyph_is_drawn_of_its_parts_where_they_stand(name: str) -> None:
    before = TTFont(FONTS / name)
    font = TrueType((FONTS / name).read_bytes())
    order = before.getGlyphOrder()
    drawn = [at for at, glyph in enumerate(order) if bounds(before, glyph)][:2]
    added = font.compose([Part(drawn[0], 0, 0), Part(drawn[1], 120, -340)])
    after = TTFont(io.BytesIO(font.packed()), recalcBBoxes=False)
    assert added == len(order)
    assert len(after.getGlyphOrder()) == len(order) + 1
    first, second = bounds(before, order[drawn[0]]), bounds(before, order[drawn[1]])
    moved = (second[0] + 120, second[1] - 340, second[2] + 120, second[3] - 340)
    expected = (*map(min, first[:2], moved[:2]), *map(max, first[2:], moved[2:]))
    assert bounds(after, after.getGlyphOrder()[added]) == expected
    for at in (drawn[0], drawn[1], len(order) - 1):
        assert after["hmtx"][after.getGlyphOrder()[at]] == before["hmtx"][order[at]]
        assert bounds(after, after.getGlyphOrder()[at]) == bounds(before, order[at])


def bounds(font: TTFont, glyph: str) -> tuple[float, float, float, float]:
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    return pen.bounds
