"""Textile borders and quiet background patterns, in the manner of the region's woven cloth."""

from __future__ import annotations

from media_seed.build.art.palettes import Palette
from media_seed.build.art.shapes import disc, half, path, poly, rect, ring, stroke


def border(kind: int, p: Palette, x: float, y: float, width: float, height: float) -> str:
    """Return a woven border that fills the box; `kind` is any number and picks one of six weaves."""
    base = rect(x, y, width, height, p.dark) + rect(x, y, width, height * 0.07, p.accent)
    top, inner = y + height * 0.16, height * 0.76
    count = max(round(width / inner), 1)
    step = width / count
    body = ""
    for i in range(count):
        left, middle = x + i * step, x + (i + 0.5) * step
        body += _tile(kind % 6, p, left, middle, top, step, inner, i)
    return base + body


def _tile(kind: int, p: Palette, left: float, middle: float, top: float, step: float, tall: float, i: int) -> str:
    right, low, mid = left + step, top + tall, top + tall / 2
    if kind == 0:
        return poly([(left, low), (middle, top), (right, low)], p.mid if i % 2 else p.warm) + poly(
            [(left + step * 0.3, low), (middle, top + tall * 0.4), (right - step * 0.3, low)], p.accent
        )
    if kind == 1:
        outer = [(middle, top), (right - 2, mid), (middle, low), (left + 2, mid)]
        inner = [
            (middle, top + tall * 0.25),
            (middle + step * 0.25, mid),
            (middle, low - tall * 0.25),
            (middle - step * 0.25, mid),
        ]
        return poly(outer, p.warm if i % 3 == 1 else p.mid) + poly(inner, p.accent if i % 3 == 1 else p.mist)
    if kind == 2:
        return "".join(half(middle, low, step * r, c) for r, c in ((0.48, p.mid), (0.34, p.light), (0.2, p.warm)))
    if kind == 3:
        return "".join(
            rect(middle - step * w / 2, top + tall * at, step * w, tall * 0.17, c)
            for w, at, c in (
                (0.2, 0.0, p.accent),
                (0.5, 0.2, p.mid),
                (0.84, 0.4, p.light),
                (0.5, 0.6, p.mid),
                (0.2, 0.8, p.accent),
            )
        )
    if kind == 4:
        zig = stroke(f"M{left:.1f} {low - 6:.1f}L{middle:.1f} {top + 6:.1f}L{right:.1f} {low - 6:.1f}", p.mid, 9)
        return (
            zig
            + disc(middle, low - tall * 0.18, tall * 0.13, p.accent)
            + disc(left, top + tall * 0.18, tall * 0.1, p.warm)
        )
    petals = "".join(
        path(
            f"M{middle:.1f} {mid:.1f}"
            f"q{dx * step * 0.42:.1f} {-tall * 0.1:.1f} {dx * step * 0.42:.1f} {dy * tall * 0.44:.1f}"
            f"q{-dx * step * 0.42:.1f} {tall * 0.1 * dy:.1f} {-dx * step * 0.42:.1f} {-dy * tall * 0.44:.1f}Z",
            p.light if i % 2 else p.mid,
        )
        for dx in (-1, 1)
        for dy in (-1, 1)
    )
    return petals + disc(middle, mid, tall * 0.13, p.accent if i % 2 else p.warm)


def backdrop(kind: int, colour: str, width: float, height: float, x: float, y: float) -> str:
    """Return a quiet pattern in one colour over the whole sheet, centred on x, y where it has a centre."""
    choice = kind % 5
    if choice == 0:
        return "".join(ring(x, y, 210 + i * 46, colour, 10) for i in range(12))
    if choice == 1:
        dots = "".join(
            f"M{26 + column * 46 + 23 * (row % 2)} {26 + row * 40}h.01"
            for row in range(int(height // 40) + 1)
            for column in range(int(width // 46) + 1)
        )
        return stroke(dots, colour, 10)
    if choice == 2:
        return "".join(
            stroke(f"M{i * 44 - height} {height}L{i * 44} 0", colour, 12)
            for i in range(int((width + height) // 44) + 2)
        )
    if choice == 3:
        return "".join(
            half(column * 80 + 40 * (row % 2), 80 + row * 40, 38, colour)
            for row in range(0, int(height // 40), 2)
            for column in range(int(width // 80) + 2)
        )
    wave = f"q{width / 16:.1f} -26 {width / 8:.1f} 0" + f"t{width / 8:.1f} 0" * 8
    return "".join(stroke(f"M{-20 - 30 * (i % 2)} {i * 46}{wave}", colour, 9) for i in range(int(height // 46) + 2))
