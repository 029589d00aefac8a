"""Pictures of a printed pack: QR codes, and still pictures of videos."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import segno
from PIL import Image, ImageOps

from resources.packs.exporting.types import FindFile

MOST_PIXELS = 40_000_000
SIDE = 1600
FORMATS = ("WEBP", "PNG", "JPEG")

logger = logging.getLogger(__name__)


def qr_code(address: str) -> str:
    """A QR code as SVG, black on white with the quiet zone that ISO/IEC 18004 asks for."""
    out = io.BytesIO()
    # An address too long for the better correction gets less of it.
    code = segno.make_qr(address[:2_000], error="m" if len(address) < 1_200 else "l", boost_error=False)
    code.save(out, kind="svg", border=4, light="white", xmldecl=False, svgclass=None, lineclass=None)
    return out.getvalue().decode("utf-8")


def still_picture(checksum: str, find: FindFile, target: Path, *, grey: bool) -> bool:
    """Write a picture that was kept into `target` as JPEG. Returns whether there is one that can be read."""
    try:
        with Image.open(find(checksum), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return False
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((SIDE, SIDE))
            upright.convert("L" if grey else "RGB").save(target, "JPEG", quality=86, optimize=True)
    except (LookupError, OSError, ValueError, Image.DecompressionBombError) as error:
        logger.warning("A still picture is left out: %s", error)
        target.unlink(missing_ok=True)
        return False
    return True
