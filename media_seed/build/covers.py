"""The covers of works as small WebP pictures."""

from __future__ import annotations

import io
from collections import Counter

from PIL import Image

from media_seed.build.art import cover_svg
from media_seed.build.art.cover import HEIGHT, WIDTH
from media_seed.build.masters import Work
from media_seed.build.raster import raster

MOST_BYTES = 15_000
COLOURS = (96, 48, 16)


def build_cover(work: Work) -> bytes:
    """Return the work's cover, 600 by 800 pixels, as WebP below 15,000 bytes.

    Flat art keeps its edges and exact colours better with few colours than with strong compression.
    Raises ValueError when it does not fit.
    """
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    drawn = raster(cover_svg(work.slug, work.motif, work.palette), WIDTH, HEIGHT)
    picture.paste(drawn, mask=drawn)
    for colours in COLOURS:
        packed = io.BytesIO()
        _commonest(picture, colours).save(packed, "WEBP", lossless=True, quality=100, method=6)
        if len(packed.getvalue()) < MOST_BYTES:
            return packed.getvalue()
    raise ValueError(f"{work.slug}: the cover is larger than {MOST_BYTES} bytes")


def _commonest(picture: Image.Image, colours: int) -> Image.Image:
    """Return the picture in its own commonest colours, every other pixel in the nearest of them."""
    every = picture.tobytes()
    pixels = Counter(zip(every[0::3], every[1::3], every[2::3], strict=True))
    chosen = sorted(pixels, key=lambda colour: (-pixels[colour], colour))[:colours]
    values = [channel for colour in chosen for channel in colour]
    palette = Image.new("P", (1, 1))
    palette.putpalette(values + values[:3] * (256 - len(chosen)))
    return picture.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")
