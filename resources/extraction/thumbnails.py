"""Pictures of a PDF's pages."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium

WIDTH = 480
TALLEST = 960
QUALITY = 80


def first_page(path: Path) -> bytes | None:
    """Return the first page as a WebP image 480 px wide and at most 960 px tall (then narrower); None if it can't be
    drawn.
    """
    return page_picture(path, 1, WIDTH, TALLEST, "WEBP")


def page_picture(path: Path, number: int, widest: int, tallest: int, form: str) -> bytes | None:
    """Return a page (counted from 1) as an image, WEBP or PNG; None if it can't be drawn."""
    try:
        with closing(pdfium.PdfDocument(path)) as document:
            if not 1 <= number <= len(document):
                return None
            with closing(document[number - 1]) as page:
                width, height = page.get_size()
                if not (width > 0 and height > 0):
                    return None
                scale = min(widest / width, tallest / height)
                if min(width, height) * scale < 1:
                    return None
                image = page.render(scale=scale, draw_annots=True, may_draw_forms=False).to_pil().convert("RGB")
    except pdfium.PdfiumError:
        return None
    out = io.BytesIO()
    if form == "PNG":
        image.save(out, form, compress_level=1)
    else:
        image.save(out, form, quality=QUALITY, method=4)
    return out.getvalue()
