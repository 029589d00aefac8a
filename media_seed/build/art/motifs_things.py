"""Motifs of things: what is held, worn, counted or read."""

from __future__ import annotations

from media_seed.build.art.palettes import SKINS, Palette
from media_seed.build.art.shapes import disc, gear, leaf, oval, path, poly, rect, stroke


def hands(p: Palette) -> str:
    """Two cupped hands and a seedling."""
    glow = disc(200, 168, 104, p.light)
    sleeves = poly([(118, 370), (136, 318), (196, 318), (196, 370)], p.deep)
    sleeves += poly([(282, 370), (264, 318), (204, 318), (204, 370)], p.warm)
    sleeves += stroke("M132 336H193", p.accent, 8) + stroke("M207 336H268", p.accent, 8)
    soil = path("M128 244C150 222 250 222 272 244C262 296 138 296 128 244Z", p.dark)
    plant = stroke("M200 236V112", p.deep, 10) + leaf(200, 206, 92, -60, p.mid) + leaf(200, 184, 92, 56, p.deep)
    plant += leaf(200, 150, 76, -30, p.mid) + leaf(200, 128, 70, 16, p.deep)
    palms = stroke("M84 206Q86 292 172 306", SKINS[1], 46) + stroke("M316 206Q314 292 228 306", SKINS[0], 46)
    palms += stroke("M84 206Q84 232 92 250M316 206Q316 232 308 250", p.mist, 2.5)
    thumbs = stroke("M138 232Q136 268 168 284", SKINS[2], 24) + stroke("M262 232Q264 268 232 284", SKINS[1], 24)
    dew = "".join(disc(x, y, r, p.accent) for x, y, r in ((112, 96, 9), (296, 104, 11), (262, 58, 7), (150, 54, 6)))
    return glow + dew + soil + plant + sleeves + palms + thumbs


def chart(p: Palette) -> str:
    """Bars that rise, and a line over them."""
    board = rect(46, 60, 308, 270, p.paper, 14) + rect(46, 60, 308, 34, p.deep, 14) + rect(46, 78, 308, 16, p.deep)
    board += "".join(disc(68 + i * 18, 77, 5, colour) for i, colour in enumerate((p.warm, p.accent, p.light)))
    grid = "".join(stroke(f"M72 {140 + i * 42}H328", p.light, 3) for i in range(4))
    bars = "".join(
        rect(82 + i * 50, 304 - height, 34, height, colour, 3)
        for i, (height, colour) in enumerate(((54, p.light), (82, p.mid), (74, p.mid), (124, p.deep), (158, p.deep)))
    )
    points = ((99, 226), (149, 196), (199, 200), (249, 154), (299, 122))
    line = stroke("M" + "L".join(f"{x} {y}" for x, y in points), p.warm, 7)
    dots = "".join(disc(x, y, 10, p.accent) + disc(x, y, 4.5, p.paper) for x, y in points)
    legs = stroke("M120 330L96 372M280 330L304 372", p.dark, 10)
    return legs + board + grid + bars + stroke("M72 304H328", p.dark, 5) + line + dots


def rice(p: Palette) -> str:
    """Ears of rice that bend under their grain, over terraces."""
    terraces = "".join(
        path(
            f"M-200 372V{340 + i * 12}Q-100 {372 + i * 2} 0 {350 + i * 8}Q100 {318 + i * 16} 200 {342 + i * 12}"
            f"T400 {330 + i * 14}T600 {350 + i * 8}V372Z",
            colour,
        )
        for i, colour in enumerate((p.light, p.mid, p.deep))
    )
    ears = ""
    for x, y, tip_x, tip_y, side in ((196, 352, 300, 96, 1), (188, 352, 92, 128, -1), (192, 352, 196, 52, 0)):
        bend = x + side * 10
        ears += stroke(f"M{x} {y}Q{bend} {tip_y} {tip_x} {tip_y}", p.deep, 7)
        for step in range(7):
            t = 0.42 + step * 0.095
            cx = (1 - t) ** 2 * x + 2 * t * (1 - t) * bend + t**2 * tip_x
            cy = (1 - t) ** 2 * y + 2 * t * (1 - t) * tip_y + t**2 * tip_y
            lean = side * (20 + 75 * t)
            ears += oval(cx - 11, cy + 4, 7.5, 17, p.accent, lean - 26) + oval(
                cx + 11, cy + 4, 7.5, 17, p.warm, lean + 26
            )
    blades = leaf(192, 356, 170, -52, p.mid) + leaf(196, 356, 160, 56, p.mid) + leaf(194, 356, 110, -82, p.deep)
    return blades + leaf(196, 356, 104, 84, p.deep) + ears + terraces


def stethoscope(p: Palette) -> str:
    """A stethoscope round a heart with a cross."""
    heart = path(
        "M170 330C60 262 40 176 96 146C132 128 160 150 170 178C180 150 208 128 244 146C300 176 280 262 170 330Z", p.warm
    )
    cross = rect(154, 180, 32, 96, p.paper, 5) + rect(122, 212, 96, 32, p.paper, 5)
    tubes = stroke("M112 44V98C112 148 168 176 214 156C246 142 252 116 252 98V44", p.deep, 15)
    tubes += stroke("M184 162C190 216 232 232 262 262C296 296 330 290 330 246V190", p.deep, 15)
    tips = "".join(rect(x - 14, 26, 28, 30, p.dark, 9) for x in (112, 252))
    bell = disc(330, 172, 38, p.dark) + disc(330, 172, 26, p.accent) + disc(330, 172, 11, p.paper)
    return heart + cross + tubes + tips + bell


def helmet(p: Palette) -> str:
    """A safety helmet on a tool box, with cogs."""
    cogs = gear(88, 116, 58, 10, p.light, p.mist) + gear(326, 92, 42, 8, p.light, p.mist)
    shell = path("M74 252A126 132 0 0 1 326 252Z", p.accent)
    shade = path("M244 128A126 132 0 0 1 326 252H268A160 160 0 0 0 244 128Z", p.mid)
    ridges = path("M176 252V126A24 24 0 0 1 224 126V252Z", p.warm)
    ridges += stroke("M132 236V164M268 236V164", p.deep, 8)
    brim = path("M52 246H348A14 14 0 0 1 348 274H52A14 14 0 0 1 52 246Z", p.deep)
    chest = rect(80, 274, 240, 96, p.mid, 8) + rect(80, 304, 240, 12, p.dark) + rect(180, 294, 40, 34, p.accent, 6)
    chest += rect(98, 336, 60, 18, p.light, 5) + rect(242, 336, 60, 18, p.light, 5)
    return cogs + chest + shell + shade + ridges + brim


def coins(p: Palette) -> str:
    """Growing stacks of coins and a seedling on the highest."""

    def stack(x: float, count: int, colour: str, edge: str) -> str:
        coins_drawn = ""
        for i in range(count):
            y = 358 - i * 22
            coins_drawn += (
                rect(x - 44, y - 10, 88, 22, edge) + oval(x, y + 12, 44, 12, edge) + oval(x, y - 10, 44, 12, colour)
            )
        return coins_drawn

    light, edge = ("#f7d987", p.accent) if p.accent.startswith("#f2") else (p.light, p.mid)
    stacks = stack(88, 3, light, edge) + stack(196, 6, light, edge) + stack(304, 9, light, edge)
    lines = "".join(
        stroke(f"M{x - 44} {358 - i * 22 + 2}Q{x} {358 - i * 22 + 27} {x + 44} {358 - i * 22 + 2}", p.deep, 2.5)
        for x, count in ((88, 3), (196, 6), (304, 9))
        for i in range(count)
    )
    plant = stroke("M304 172V104", p.deep, 8) + leaf(304, 138, 62, -58, p.mid) + leaf(304, 122, 66, 54, p.deep)
    arrow = stroke("M56 236Q120 214 160 128", p.warm, 9) + poly([(172, 98), (180, 138), (143, 127)], p.warm)
    return stacks + lines + plant + arrow


def folded_map(p: Palette) -> str:
    """A folded map with islands, a dotted way and two pins."""
    sheets = poly([(40, 128), (146, 92), (146, 330), (40, 366)], p.paper)
    sheets += poly([(146, 92), (254, 128), (254, 366), (146, 330)], p.light)
    sheets += poly([(254, 128), (360, 92), (360, 330), (254, 366)], p.paper)
    land = path("M60 168Q92 140 120 152T134 204Q104 226 84 210T60 168Z", p.mid)
    land += path("M168 210Q196 186 224 206T236 262Q206 278 186 262T168 210Z", p.deep)
    land += path("M276 160Q306 132 336 148T332 196Q302 206 288 196T276 160Z", p.mid)
    land += oval(92, 294, 26, 14, p.mid, -18) + oval(304, 284, 34, 16, p.mid, -22) + oval(206, 318, 18, 9, p.mid, 14)
    way = stroke("M98 184Q150 126 202 228T312 172", p.warm, 6, "2 14")
    pins = ""
    for x, y, colour in ((98, 186, p.warm), (312, 172, p.accent)):
        pins += path(
            f"M{x} {y}C{x - 8} {y - 30} {x - 34} {y - 42} {x - 34} {y - 72}A34 34 0 0 1 {x + 34} {y - 72}"
            f"C{x + 34} {y - 42} {x + 8} {y - 30} {x} {y}Z",
            colour,
        ) + disc(x, y - 72, 13, p.paper)
    return sheets + land + way + pins


def speech(p: Palette) -> str:
    """Three people's words that meet."""
    first = rect(40, 64, 196, 116, p.deep, 26) + poly([(84, 170), (84, 222), (132, 174)], p.deep)
    first += rect(66, 94, 130, 13, p.paper, 6) + rect(66, 120, 144, 13, p.paper, 6) + rect(66, 146, 84, 13, p.accent, 6)
    second = rect(170, 158, 196, 116, p.warm, 26) + poly([(318, 262), (322, 318), (268, 268)], p.warm)
    second += "".join(disc(222 + i * 46, 216, 15, p.paper) for i in range(3))
    third = rect(58, 262, 150, 86, p.accent, 22) + poly([(84, 340), (72, 376), (122, 344)], p.accent)
    third += rect(82, 288, 98, 12, p.paper, 6) + rect(82, 312, 62, 12, p.paper, 6)
    return first + second + third
