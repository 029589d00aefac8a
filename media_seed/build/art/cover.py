"""Whole covers: a ground, a quiet pattern, a light stage with the motif on it, and a woven border."""

from __future__ import annotations

import hashlib

from media_seed.build.art.motifs import MOTIFS
from media_seed.build.art.palettes import PALETTES, Palette
from media_seed.build.art.shapes import disc, moved, path, poly, rect
from media_seed.build.art.weave import backdrop, border

WIDTH, HEIGHT = 600, 800
FLOATING = {"stethoscope", "speech", "map"}
HORIZONS = {"road", "rice", "bridge"}


def cover_svg(slug: str, motif: str, palette: str) -> str:
    """Return the 600 by 800 cover of a work. The slug chooses ground, stage, pattern and border.

    Raises KeyError for a motif or palette that is not drawn.
    """
    p, seed = PALETTES[palette], _seed(slug)
    ground, pattern = _ground(p, seed)
    body = rect(0, 0, WIDTH, HEIGHT, ground) + backdrop(seed[1], pattern, WIDTH, HEIGHT, 300, 372)
    body += _staged(seed[2], p, motif, 300, 368, 254)
    body += border(seed[3], p, 0, 692, WIDTH, 108)
    return _document(body, WIDTH, HEIGHT)


def band_svg(slug: str, motif: str, palette: str, width: int = 1190, height: int = 560) -> str:
    """Return the same art as a wide band for the head of a document's first page."""
    p, seed = PALETTES[palette], _seed(slug)
    ground, pattern = _ground(p, seed)
    x, y = width - 330, height * 0.47
    body = rect(0, 0, width, height, ground) + backdrop(seed[1], pattern, width, height, x, y)
    body += _staged(seed[2], p, motif, x, y, 222)
    body += border(seed[3], p, 0, height - 62, width, 62)
    return _document(body, width, height)


def scene_svg(motif: str, palette: str) -> str:
    """Return the motif alone on nothing, with a margin of 50 round its 400 by 400 box."""
    return _document(moved(MOTIFS[motif](PALETTES[palette]), 50, 50), 500, 500)


def _seed(slug: str) -> bytes:
    return hashlib.sha256(slug.encode("utf-8")).digest()


def _ground(p: Palette, seed: bytes) -> tuple[str, str]:
    """Return a ground colour and the colour of the pattern on it, near enough to stay quiet."""
    grounds = (p.deep, p.mid, p.light, p.deep)
    ground = grounds[seed[0] % len(grounds)]
    return ground, blend(ground, p.dark if ground != p.light else p.paper, 0.22 if ground != p.light else 0.45)


def blend(first: str, second: str, share: float) -> str:
    """Return `first` with `share` of `second` in it, both as #rrggbb."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _staged(kind: int, p: Palette, motif: str, x: float, y: float, r: float) -> str:
    """Return the motif on a light stage of half-width `r` about x, y; what stands, stands on a floor."""
    outline, inside, foot, scale = _stage(kind % 5, p, x, y, r)
    floor = ""
    if motif not in FLOATING:
        floor = (
            f'<g clip-path="url(#stage)">{rect(x - 2 * r, y + foot, 4 * r, 2 * r, blend(p.mist, p.light, 0.75))}</g>'
        )
    size = scale * r / 200
    drawn = moved(MOTIFS[motif](p), x - 200 * size, y + foot + r * 0.01 - 370 * size, size)
    if motif in HORIZONS:
        drawn = f'<g clip-path="url(#stage)">{drawn}</g>'
    return f'<clipPath id="stage">{inside}</clipPath>' + outline + inside + floor + drawn


def _stage(kind: int, p: Palette, x: float, y: float, r: float) -> tuple[str, str, float, float]:
    """Return what frames the stage, the stage itself, how far below y the floor lies, and the motif's scale."""
    low = y + r
    if kind == 0:
        return disc(x, y, r + 8, p.accent), disc(x, y, r, p.mist), r * 0.62, 0.84
    if kind == 1:
        outer, inner = (
            f"M{x - w:.1f} {low:.1f}V{y:.1f}A{w:.1f} {w:.1f} 0 0 1 {x + w:.1f} {y:.1f}V{low:.1f}Z"
            for w in (r * 0.97, r * 0.93)
        )
        return path(outer, p.accent), path(inner, p.mist), r * 0.82, 0.9
    if kind == 2:
        return "", rect(x - r * 0.96, y - r * 0.96, r * 1.92, r * 1.92, p.mist, r * 0.18), r * 0.76, 0.92
    if kind == 3:
        side = x - r, x + r
        points = [(x, y - r * 1.16), (side[1], y - r * 0.36), (side[1], low), (side[0], low), (side[0], y - r * 0.36)]
        return "", poly(points, p.mist), r * 0.82, 0.9
    moon = disc(x + r * 0.16, y - r * 0.11, r * 0.98, blend(p.mist, p.accent, 0.4))
    return moon, disc(x, y, r * 0.98, p.mist), r * 0.62, 0.84


def _document(body: str, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{body}</svg>"
    )
