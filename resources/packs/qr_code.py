"""QR codes of addresses, as pictures that print sharp."""

from __future__ import annotations

import io
from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

LONGEST = 2_000
"""Characters of an address beyond which no camera reads its code."""


def qr_svg(address: str) -> str:
    """A QR code as an SVG file, black on white with the quiet zone that ISO/IEC 18004 asks for."""
    out = io.BytesIO()
    _code(address).save(out, kind="svg", border=4, light="white", xmldecl=False, svgclass=None, lineclass=None)
    return out.getvalue().decode("utf-8")


@lru_cache(maxsize=256)
def qr_inline(address: str) -> SafeString:
    """A QR code as SVG within a page, as large as its place; "" for an address that is too long."""
    if len(address) > LONGEST:
        return SafeString("")
    # Only its squares are drawn: nothing of the address stands in it as text.
    svg = _code(address).svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None)
    return mark_safe(svg)  # noqa: S308


def _code(address: str) -> segno.QRCode:
    # An address too long for the better correction gets less of it.
    return segno.make_qr(address[:LONGEST], error="m" if len(address) < 1_200 else "l", boost_error=False)
