"""Sizes in words."""

from __future__ import annotations

from babel.units import format_unit

from resources.places import cldr


def size_in_words(size: int, language: str) -> str:
    """Bytes, rounded as people say it: 640 kB, 2.4 MB."""
    if size < 1_000_000:
        return str(format_unit(max(1, round(size / 1000)), "digital-kilobyte", "short", locale=cldr(language)))
    return str(format_unit(round(size / 1_000_000, 1), "digital-megabyte", "short", locale=cldr(language)))
