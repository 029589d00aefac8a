"""Motifs of places: houses, roads, water."""

from __future__ import annotations

from media_seed.build.art.palettes import SKINS, Palette
from media_seed.build.art.shapes import disc, gear, half, leaf, path, person, poly, rect, stroke


def _waves(top: float, colour: str, rows: int, left: float = 20, right: float = 380) -> str:
    lines = ""
    for row in range(rows):
        y = top + row * 20
        start = left + 22 * (row % 2)
        count = int((right - start) // 44)
        lines += stroke(f"M{start} {y}" + "q11 -10 22 0t22 0" * count, colour, 6)
    return lines


def house(p: Palette) -> str:
    """A house on stilts with a steep roof, a ladder and a palm."""
    palm = stroke("M346 370Q352 250 330 150", p.dark, 12)
    palm += "".join(leaf(330, 152, 92, turn, p.mid) for turn in (-110, -72, -34, 8, 46, 84))
    palm += disc(322, 162, 9, p.warm) + disc(340, 164, 9, p.warm)
    stilts = "".join(rect(x, 280, 12, 90, p.dark) for x in (78, 138, 210, 270))
    walls = rect(66, 188, 228, 96, p.paper) + "".join(rect(66, 188 + i * 24, 228, 4, p.light) for i in range(1, 4))
    door = rect(152, 206, 52, 78, p.deep, 3) + disc(194, 248, 4, p.accent)
    windows = rect(88, 212, 40, 40, p.accent, 3) + rect(230, 212, 40, 40, p.accent, 3)
    windows += rect(106, 212, 4, 40, p.dark) + rect(248, 212, 4, 40, p.dark)
    roof = path("M180 66L320 196H40Z", p.warm) + path("M180 66L320 196H180Z", p.deep)
    roof += stroke("M180 66L164 44M180 66L196 44", p.dark, 9)
    ladder = stroke("M160 284L140 368M200 284L192 368", p.dark, 7)
    ladder += "".join(
        stroke(f"M{156 - i * 6} {304 + i * 20}L{198 - i * 2} {304 + i * 20}", p.dark, 6) for i in range(3)
    )
    return palm + stilts + walls + door + windows + roof + rect(52, 280, 256, 12, p.dark, 5) + ladder


def bridge(p: Palette) -> str:
    """A cable bridge between two shores."""
    sun = disc(200, 150, 62, p.sun)
    cables = "".join(
        stroke(f"M{tower} {92 + i * 30}L{tower + side * (32 + i * 32)} 256", p.mid, 3.5)
        for tower in (112, 288)
        for side in (-1, 1)
        for i in range(3)
    )
    towers = "".join(
        rect(x - 9, 76, 18, 254, p.deep, 4) + rect(x - 20, 236, 40, 14, p.deep, 4) + half(x, 76, 9, p.warm)
        for x in (112, 288)
    )
    deck = rect(-200, 252, 800, 18, p.dark) + rect(-200, 252, 800, 5, p.warm)
    people = person(186, 253, 58, p.warm, SKINS[1]) + person(214, 253, 54, p.deep, SKINS[2], p.dark, "scarf")
    return sun + cables + towers + people + deck + _waves(308, p.mid, 3, -166, 560)


def road(p: Palette) -> str:
    """A road that winds between hills to the sun, with markers on the way."""
    sun = disc(262, 122, 52, p.sun)
    hills = path("M-200 372V230Q-90 150 0 214Q70 130 160 196T330 178T480 190T600 210V372Z", p.light)
    hills += path("M-200 372V250Q-90 300 0 262Q110 178 214 250T400 244T600 250V372Z", p.mid)
    way = path(
        "M120 370C130 330 300 322 278 282C262 254 160 262 190 232C204 218 230 216 238 206L246 206"
        "C250 224 214 226 212 238C210 254 340 252 342 296C344 330 262 336 268 370Z",
        p.dark,
    )
    dashes = stroke(
        "M196 366C206 330 316 326 308 290C298 262 190 264 202 234C206 226 228 222 240 208", p.accent, 5, "14 13"
    )
    markers = ""
    for x, y, size, colour in ((92, 318, 1.0, p.warm), (356, 262, 0.8, p.deep), (160, 226, 0.6, p.warm)):
        markers += stroke(f"M{x} {y}V{y - 58 * size:.1f}", p.paper, 7 * size)
        markers += poly([(x, y - 60 * size), (x + 38 * size, y - 48 * size), (x, y - 34 * size)], colour)
    return sun + hills + way + dashes + markers


def factory(p: Palette) -> str:
    """A factory with a saw-tooth roof, a chimney and a cog."""
    smoke = disc(300, 60, 24, p.light) + disc(334, 48, 32, p.light) + disc(366, 66, 20, p.light)
    chimney = path("M272 250L280 92H316L324 250Z", p.warm) + rect(276, 108, 44, 14, p.paper)
    roof = "".join(poly([(50 + i * 74, 236), (50 + i * 74, 160), (124 + i * 74, 236)], p.mid) for i in range(3))
    roof += "".join(poly([(56 + i * 74, 226), (56 + i * 74, 178), (102 + i * 74, 226)], p.accent) for i in range(3))
    walls = rect(50, 236, 300, 134, p.deep)
    windows = "".join(
        rect(72 + column * 46, 258 + row * 34, 30, 20, p.light, 2) for row in range(2) for column in range(3)
    )
    door = rect(250, 300, 76, 70, p.dark, 4) + "".join(rect(250, 312 + i * 14, 76, 3, p.mid) for i in range(4))
    worker = person(150, 370, 104, p.warm, SKINS[1], p.accent, "helmet")
    worker += person(204, 370, 98, p.mid, SKINS[0], p.accent, "helmet")
    return smoke + chimney + roof + walls + windows + door + worker + gear(352, 318, 42, 9, p.accent, p.deep)


def boat(p: Palette) -> str:
    """A sailing boat with a high prow and its fisher."""
    sun = disc(300, 112, 44, p.sun)
    mast = rect(190, 50, 10, 216, p.dark, 4)
    sails = path("M186 62C120 120 96 190 92 244H186Z", p.paper) + path("M186 62C142 130 132 200 130 244H186Z", p.light)
    sails += path("M206 76C262 120 290 190 288 244H206Z", p.warm)
    hull = path("M38 236Q66 262 100 264H300Q344 262 372 226Q366 320 296 330H118Q56 326 38 236Z", p.deep)
    hull += path(
        "M52 272Q84 286 110 286H300Q336 284 360 262Q356 276 350 288Q330 304 300 306H112Q76 304 52 272Z", p.accent
    )
    eye = disc(334, 254, 10, p.paper) + disc(336, 254, 5, p.dark)
    fisher = person(250, 268, 92, p.mid, SKINS[1], p.light, "hat")
    return sun + mast + sails + fisher + hull + eye + _waves(326, p.mid, 3, 10, 390)


def school(p: Palette) -> str:
    """A training house with a flag, a clock and two learners."""
    flag = rect(196, 28, 8, 90, p.dark, 3) + path("M204 34Q226 24 244 36T276 36V70Q262 78 244 70T204 72Z", p.warm)
    wings = rect(36, 200, 328, 170, p.paper) + rect(36, 200, 328, 12, p.light)
    roof = path("M18 204L60 150H340L382 204Z", p.deep)
    gable = path("M116 214L200 104L284 214Z", p.mid) + rect(132, 210, 136, 160, p.light)
    clock = disc(200, 176, 26, p.paper) + stroke("M200 160V176L212 184", p.dark, 5)
    windows = "".join(rect(x, 236, 34, 46, p.mid, 3) + rect(x, 300, 34, 46, p.mid, 3) for x in (52, 94, 272, 314))
    door = path("M166 370V284A34 34 0 0 1 234 284V370Z", p.deep) + rect(198, 254, 4, 116, p.light)
    steps = rect(120, 358, 160, 12, p.dark, 3)
    people = person(110, 370, 92, p.warm, SKINS[0], p.dark, "scarf") + person(292, 370, 96, p.accent, SKINS[2])
    return flag + wings + roof + gable + clock + windows + door + steps + people
