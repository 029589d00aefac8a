"""What a PDF says of itself beside its text: properties, XMP, outline, the largest text of its first page, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from resources.extraction import xmp
from resources.extraction.types import Metadata, Statement

MAX_HEADINGS = 200
MAX_DEPTH = 3
MAX_PICTURES = 60
PICTURE_PAGES = 20
OBJECTS_A_PAGE = 2_000
COVER_CHARACTERS = 3_000
LONGEST = 300
# Letters of one line differ a little in height, and so do lines of one title.
SAME_HEIGHT = 0.08
_PROPERTIES = {
    "Title": "title",
    "Author": "author",
    "CreationDate": "date",
    "Subject": "description",
    "Keywords": "subject",
}


def said_of_itself(document: pdfium.PdfDocument, path: Path) -> Metadata:
    """Return what a file says of itself. What cannot be read of it is left out; nothing is raised for that."""
    statements = [
        Statement(what, value, "properties")
        for key, what in _PROPERTIES.items()
        if (value := _line(document.get_metadata_value(key)))
    ]
    statements += xmp.statements(xmp.packet_in(path))
    try:
        largest = _largest_text(document)
        headings = tuple(_line(mark.get_title()) for mark in islice(document.get_toc(MAX_DEPTH), MAX_HEADINGS))
        pictures = tuple(islice(_pictures(document), MAX_PICTURES))
    except pdfium.PdfiumError:
        return Metadata(tuple(statements))
    if largest:
        statements.append(Statement("title", largest, "largest"))
    return Metadata(tuple(statements), tuple(heading for heading in headings if heading), pictures)


def _largest_text(document: pdfium.PdfDocument) -> str:
    """The lines of the first page that are set largest, as long as they follow each other."""
    with closing(document[0]) as page, closing(page.get_textpage()) as text:
        lines = list(_lines(text))
    lines = [(line, height) for line, height in lines if sum(map(str.isalpha, line)) >= 2]
    most = max((height for _line, height in lines), default=0.0)
    if all(height >= most * (1 - SAME_HEIGHT) for _line, height in lines):
        # All is set alike: the size tells nothing.
        return ""
    title: list[str] = []
    for line, height in lines:
        if height >= most * (1 - SAME_HEIGHT):
            title.append(line)
        elif title:
            break
    return _line(" ".join(title))


def _lines(text: pdfium.PdfTextPage) -> Iterator[tuple[str, float]]:
    """The lines of a page with the height of their letters, in points."""
    box = pdfium_c.FS_RECTF()
    letters: list[str] = []
    heights: list[float] = []
    for at in range(min(text.count_chars(), COVER_CHARACTERS)):
        letter = chr(pdfium_c.FPDFText_GetUnicode(text, at))
        if letter in "\r\n":
            if heights:
                yield "".join(letters), sorted(heights)[len(heights) // 2]
            letters, heights = [], []
            continue
        letters.append(letter)
        if not letter.isspace() and pdfium_c.FPDFText_GetLooseCharBox(text, at, box):
            heights.append(abs(box.top - box.bottom))
    if heights:
        yield "".join(letters), sorted(heights)[len(heights) // 2]


def _pictures(document: pdfium.PdfDocument) -> Iterator[tuple[int, int]]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for index in range(min(len(document), PICTURE_PAGES)):
        with closing(document[index]) as page:
            for number in range(min(pdfium_c.FPDFPage_CountObjects(page), OBJECTS_A_PAGE)):
                item = pdfium_c.FPDFPage_GetObject(page, number)
                if pdfium_c.FPDFPageObj_GetType(item) != pdfium_c.FPDF_PAGEOBJ_IMAGE:
                    continue
                if pdfium_c.FPDFImageObj_GetImagePixelSize(item, width, height):
                    yield width.value, height.value


def _line(text: str) -> str:
    kept = "".join(character if character.isprintable() else " " for character in text[:10_000])
    return " ".join(kept.split())[:LONGEST]
