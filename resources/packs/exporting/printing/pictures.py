"""Still pictures of the videos of a printed pack."""

from __future__ import annotations

import logging
from pathlib import Path

from PIL import Image, ImageOps

from resources.packs.exporting.types import FindFile

MOST_PIXELS = 40_000_000
SIDE = 1600
FORMATS = ("WEBP", "PNG", "JPEG")

logger = logging.getLogger(__name__)


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
