"""A picture for the cover, in a type that every reading system shows."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from resources.packs.content import PackContent
from resources.packs.exporting.types import FindFile

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
WIDEST, HIGHEST = 1200, 1600
_QUALITY = 85


def cover_picture(content: PackContent, find: FindFile) -> bytes | None:
    """A JPEG of the first item whose picture can be used, of at most 1,200 by 1,600 pixels. One that is missing,
    damaged, huge or no picture at all is passed over.
    """
    for item in content.present:
        if item.picture and (found := _jpeg(item.picture, find)) is not None:
            return found
    return None


def _jpeg(checksum: str, find: FindFile) -> bytes | None:
    try:
        path = find(checksum)
        if path.stat().st_size > MOST_BYTES:
            return None
        # A picture that unpacks to more is refused before it is unpacked; Pillow only warns.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=("WEBP", "PNG", "JPEG")) as opened:
                if opened.width * opened.height > MOST_PIXELS or min(opened.size) < 2:
                    return None
                opened.thumbnail((WIDEST, HIGHEST))
                seen = opened.convert("RGBA")
        flat = Image.new("RGB", seen.size, "white")
        flat.paste(seen, mask=seen.getchannel("A"))
        made = io.BytesIO()
        flat.save(made, "JPEG", quality=_QUALITY)
        return made.getvalue()
    except (LookupError, OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        # What Pillow raises for bytes that are no picture.
        return None
