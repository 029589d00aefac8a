"""A small tile map of the region, and the library's mark."""

from __future__ import annotations

from collections.abc import Collection

from media_seed.build.art.palettes import Palette
from media_seed.build.art.shapes import poly, rect

# Where each country's tile lies: column, row.
TILES = {
    "MN": (2, 0), "JP": (5, 0),
    "MM": (0, 2), "LA": (1, 2), "VN": (2, 2), "PH": (4, 2),
    "TH": (0, 3), "KH": (1, 3), "BN": (3, 3),
    "MY": (1, 4), "SG": (2, 4), "ID": (3, 4), "TL": (4, 4),
}  # fmt: skip


def region_svg(countries: Collection[str], p: Palette) -> str:
    """Return the region's tiles without lettering, the given ISO 3166-1 countries filled."""
    tiles = "".join(
        rect(column * 20, row * 20, 17, 17, p.deep if code in countries else p.light, 3)
        for code, (column, row) in TILES.items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="100" viewBox="0 0 120 100">{tiles}</svg>'


def mark_svg(p: Palette) -> str:
    """Return a granary: a steep roof over a narrowing store on legs."""
    body = poly([(4, 18), (20, 4), (36, 18)], "#f2c14e") + poly([(8, 20), (32, 20), (28, 33), (12, 33)], p.deep)
    body += rect(12, 33, 3, 6, p.deep) + rect(25, 33, 3, 6, p.deep)
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">{body}</svg>'
