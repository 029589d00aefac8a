"""Motifs in which people are what matters."""

from __future__ import annotations

import math
from itertools import pairwise

from media_seed.build.art.palettes import SKINS, Palette
from media_seed.build.art.shapes import disc, half, leaf, oval, path, person, poly, rect, ring, stroke

HAIR = "#2b211c"
GREY = "#cfc8bd"


def umbrella(p: Palette) -> str:
    """A wide umbrella over three people."""
    ribs = [40, 104, 168, 232, 296, 360]
    canopy = path("M40 190A160 150 0 0 1 360 190Z", p.deep)
    canopy += path("M104 190C108 110 150 52 200 40C168 70 168 130 168 190Z", p.mid)
    canopy += path("M232 190C232 130 232 70 200 40C250 52 292 110 296 190Z", p.mid)
    scallops = "".join(
        half((left + right) / 2, 192, 32, p.mist).replace("/>", ' transform="translate(0 6)"/>')
        for left, right in pairwise(ribs)
    )
    shaft = rect(195, 186, 10, 184, p.dark, 5) + rect(195, 24, 10, 22, p.accent, 5)
    people = person(112, 370, 142, p.warm, SKINS[1], HAIR, "bun")
    people += person(288, 370, 150, p.mid, SKINS[0], HAIR) + person(246, 370, 88, p.accent, SKINS[2], HAIR)
    return shaft + canopy + scallops + people


def counter(p: Palette) -> str:
    """A one-stop counter: an awning, two windows with clerks, one visitor."""
    awning = "".join(
        path(f"M{40 + i * 40} 84H{80 + i * 40}V138A20 20 0 0 1 {40 + i * 40} 138Z", p.warm if i % 2 else p.paper)
        for i in range(8)
    )
    frame = rect(40, 66, 320, 24, p.dark, 6) + rect(48, 90, 304, 180, p.light)
    clerks = person(122, 300, 140, p.mid, SKINS[1], p.accent if p.accent != p.mid else p.deep, "scarf")
    clerks += person(278, 300, 140, p.deep, SKINS[2], HAIR)
    desk = rect(30, 258, 340, 20, p.dark, 8) + rect(44, 278, 312, 92, p.deep)
    desk += "".join(rect(62 + i * 98, 294, 80, 60, p.mid, 6) for i in range(3))
    papers = rect(176, 240, 40, 18, p.paper, 3) + rect(184, 232, 40, 10, p.accent, 3)
    visitor = person(200, 370, 118, p.accent, SKINS[0], HAIR, "bun")
    return frame + clerks + awning + desk + papers + visitor


def wheel(p: Palette) -> str:
    """A person in a wheelchair, at ease, by a ramp."""
    spokes = "".join(
        stroke(f"M190 282L{190 + 74 * math.cos(a):.1f} {282 + 74 * math.sin(a):.1f}", p.mid, 3)
        for a in (math.pi * k / 6 for k in range(12))
    )
    chair = stroke("M118 146H140L152 262H258L276 344H308", p.dark, 12)
    chair += rect(142, 246, 112, 18, p.dark, 9)
    body = path("M152 250V176A42 42 0 0 1 236 176V250Z", p.warm)
    legs = stroke("M204 238H272L286 334", p.deep, 34) + stroke("M284 342H312", p.dark, 18)
    arm = stroke("M196 178L216 222H262", p.accent if p.accent != p.warm else p.mid, 20) + disc(266, 222, 12, SKINS[1])
    head = rect(184, 118, 20, 30, SKINS[1], 8) + disc(196, 100, 34, SKINS[1])
    head += path("M162 104A34 34 0 0 1 229 92Q204 96 192 82Q186 102 162 104Z", HAIR)
    wheels = ring(190, 282, 80, p.deep, 13) + spokes + disc(190, 282, 14, p.accent)
    wheels += ring(306, 350, 16, p.deep, 9)
    return chair + body + legs + head + wheels + arm


def family(p: Palette) -> str:
    """Two parents, a grandmother, a child and a baby in arms."""
    people = person(70, 370, 196, p.mid, SKINS[2], GREY, "bun")
    people += person(150, 370, 236, p.deep, SKINS[1], HAIR)
    people += person(244, 370, 222, p.warm, SKINS[0], p.dark, "scarf")
    people += person(328, 370, 150, p.accent, SKINS[1], HAIR)
    bundle = oval(226, 268, 44, 24, p.paper, -18) + disc(196, 272, 17, SKINS[2])
    bundle += path("M180 268A17 17 0 0 1 208 260Q196 266 180 268Z", HAIR)
    return people + bundle + stroke("M262 250Q250 288 206 296", p.warm, 20)


def baby(p: Palette) -> str:
    """A baby asleep in a sarong cradle hung from a beam."""
    beam = rect(60, 40, 280, 18, p.dark, 9)
    cloth = path("M200 58C150 120 70 200 82 268C96 334 304 334 318 268C330 200 250 120 200 58Z", p.warm)
    cloth += path("M200 58C188 130 120 210 118 292C160 322 240 322 282 292C280 210 212 130 200 58Z", p.mid)
    stripes = "".join(
        stroke(
            f"M{96 + i * 3} {286 + i * 7}C150 {322 + i * 6} 250 {322 + i * 6} {304 - i * 3} {286 + i * 7}", p.accent, 4
        )
        for i in range(2)
    )
    hollow = path("M118 262C140 206 260 206 282 262C262 296 138 296 118 262Z", p.dark)
    child = oval(220, 266, 66, 28, p.paper, 4) + disc(158, 254, 30, SKINS[1])
    child += path("M130 246A30 30 0 0 1 176 230Q150 238 130 246Z", HAIR)
    child += stroke("M150 258Q155 263 160 258", p.dark, 3.5)
    front = path("M82 268C100 292 300 292 318 268C318 334 96 340 82 268Z", p.warm)
    stars = "".join(disc(x, y, r, p.accent) for x, y, r in ((78, 118, 7), (330, 132, 7), (300, 94, 5), (106, 164, 4)))
    return beam + cloth + hollow + child + front + stripes + stars


def elder(p: Palette) -> str:
    """An old couple, one with a stick, under a tree."""
    tree = rect(304, 170, 18, 200, p.dark, 6) + disc(312, 126, 86, p.mid) + disc(264, 166, 46, p.deep)
    tree += "".join(disc(x, y, 7, p.accent) for x, y in ((300, 84), (346, 118), (286, 132), (252, 160), (330, 164)))
    people = person(112, 370, 212, p.deep, SKINS[1], GREY) + person(212, 370, 192, p.warm, SKINS[2], GREY, "bun")
    stick = stroke("M48 370V262A15 15 0 0 1 78 262V268", p.dark, 9)
    arm = stroke("M84 252Q66 268 68 280", p.mid, 20) + disc(68, 284, 11, SKINS[1])
    ground = "".join(leaf(30 + i * 14, 370, 26, -24 + i * 22, p.mid) for i in range(3))
    shawl = poly([(180, 246), (246, 236), (250, 258), (178, 270)], p.accent)
    return tree + ground + people + shawl + stick + arm
