"""Drawn covers: flat geometric pictures from a motif, a palette and a work's slug. No photographs, no lettering."""

from media_seed.build.art.cover import band_svg, cover_svg
from media_seed.build.art.motifs import MOTIFS
from media_seed.build.art.palettes import PALETTES, Palette

__all__ = ["MOTIFS", "PALETTES", "Palette", "band_svg", "cover_svg"]
