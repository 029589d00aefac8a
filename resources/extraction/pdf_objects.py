"""What is drawn on a page of a PDF besides its text: the fonts it is set in, and whether there is a picture."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

MOST_OBJECTS = 500
MOST_FONTS = 60
# Letters drawn as outlines are hundreds of paths; a rule and a frame are a few.
DRAWN_LETTERS = 50


def font_names(page: pdfium.PdfPage) -> set[str]:
    """Return the names of the fonts of a page, without the tag of a subset (`ABCDEF+Limon` is `Limon`)."""
    return {name for item in _objects(page, pdfium_c.FPDF_PAGEOBJ_TEXT) if (name := _font_name(item))}


def shows_a_picture(page: pdfium.PdfPage) -> bool:
    """Whether a page has an image, or so many lines that they may be letters."""
    if next(_objects(page, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM), None) is not None:
        return True
    return sum(1 for _ in _objects(page, pdfium_c.FPDF_PAGEOBJ_PATH)) >= DRAWN_LETTERS


def _objects(page: pdfium.PdfPage, *kinds: int) -> Iterator[Any]:
    for number in range(min(pdfium_c.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        item = pdfium_c.FPDFPage_GetObject(page, number)
        if pdfium_c.FPDFPageObj_GetType(item) in kinds:
            yield item


def _font_name(item: Any) -> str:
    font = pdfium_c.FPDFTextObj_GetFont(item)
    buffer = ctypes.create_string_buffer(128)
    if not font or pdfium_c.FPDFFont_GetBaseFontName(font, buffer, len(buffer)) > len(buffer):
        return ""
    name = buffer.value.decode("utf-8", "replace")
    return name.rpartition("+")[2].strip()
