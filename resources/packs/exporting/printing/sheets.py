"""Puts two pages on one sheet, side by side, and turns what led to a page to its place on the sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from resources.packs.exporting.printing.merging import Matrix, moved, shown


def two_on_a_sheet(writer: PdfWriter, tell: Callable[[], None]) -> None:
    """Change the pages of `writer`, all of one size, to landscape sheets of the same paper. `tell` is called now and
    then.
    """
    pages = list(writer.pages)
    width, height = float(pages[0].mediabox.width), float(pages[0].mediabox.height)
    scale = min(height / 2 / width, width / height)
    places: dict[int, tuple[IndirectObject, Matrix]] = {}
    labels = ArrayObject()
    for at in range(0, len(pages), 2):
        tell()
        pair = pages[at : at + 2]
        sheet: Any = pair[0].indirect_reference
        drawings, forms, links = [], DictionaryObject(), ArrayObject()
        for side, page in enumerate(pair):
            left = (height / 2 - scale * width) / 2 + side * height / 2
            matrix: Matrix = (scale, 0, 0, scale, left, (width - scale * height) / 2)
            name = f"/P{side}"
            forms[NameObject(name)] = _form(page, width, height)
            drawings.append(f"q {shown(matrix)} cm {name} Do Q")
            links.extend(_moved_links(page, matrix))
            assert page.indirect_reference is not None
            places[page.indirect_reference.idnum] = (sheet, matrix)
        _lay(writer, pair[0], forms, drawings, links, (height, width))
        printed = "–".join(str(at + number) for number in range(1, len(pair) + 1))
        labels.extend([NumberObject(at // 2), DictionaryObject({NameObject("/P"): TextStringObject(printed)})])
    _turn_destinations(writer, places)
    for at in range(len(pages) - 1 - len(pages) % 2, 0, -2):
        tell()
        writer.remove_page(at)
    for page in pages[1::2]:
        # What it held is drawn by the sheet now.
        page.clear()
    writer.root_object[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): labels})


def _form(page: PageObject, width: float, height: float) -> IndirectObject:
    """The contents of a page, made a form where they are."""
    reference = page.raw_get("/Contents")
    contents: Any = reference.get_object()
    assert isinstance(reference, IndirectObject)
    assert isinstance(contents, StreamObject)
    contents[NameObject("/Type")] = NameObject("/XObject")
    contents[NameObject("/Subtype")] = NameObject("/Form")
    contents[NameObject("/BBox")] = ArrayObject(FloatObject(edge) for edge in (0, 0, width, height))
    contents[NameObject("/Resources")] = page.raw_get("/Resources")
    if "/Group" in page:
        contents[NameObject("/Group")] = page.raw_get("/Group")
    return reference


def _lay(
    writer: PdfWriter,
    sheet: PageObject,
    forms: DictionaryObject,
    drawings: list[str],
    links: ArrayObject,
    size: tuple[float, float],
) -> None:
    contents = StreamObject()
    contents.set_data("\n".join(drawings).encode("ascii"))
    for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Group"):
        sheet.pop(key, None)
    sheet[NameObject("/MediaBox")] = ArrayObject(FloatObject(edge) for edge in (0, 0, *size))
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
    sheet[NameObject("/Contents")] = writer._add_object(contents)
    sheet[NameObject("/Annots")] = links


def _moved_links(page: PageObject, matrix: Matrix) -> list[Any]:
    annotations: Any = page.get("/Annots", ArrayObject())
    found = list(annotations.get_object())
    for reference in found:
        annotation = reference.get_object()
        box = [float(edge) for edge in annotation["/Rect"]]
        annotation[NameObject("/Rect")] = ArrayObject(FloatObject(round(edge, 3)) for edge in moved(box, matrix))
    return found


def _turn_destinations(writer: PdfWriter, places: dict[int, tuple[IndirectObject, Matrix]]) -> None:
    """Turn every [page /XYZ left top zoom] (12.3.2.2), wherever it stands."""
    for found in writer._objects:
        if isinstance(found, ArrayObject):
            _turn(found, places)
        elif isinstance(found, DictionaryObject):
            for key in ("/Dest", "/D"):
                if key in found and isinstance(found.raw_get(key), ArrayObject):
                    _turn(found.raw_get(key), places)


def _turn(destination: ArrayObject, places: dict[int, tuple[IndirectObject, Matrix]]) -> None:
    if len(destination) != 5 or destination[1] != "/XYZ" or not isinstance(destination[0], IndirectObject):
        return
    if (place := places.get(destination[0].idnum)) is None:
        return
    sheet, matrix = place
    destination[0] = sheet
    for at, (scale, shift) in ((2, (matrix[0], matrix[4])), (3, (matrix[3], matrix[5]))):
        if isinstance(destination[at], (FloatObject, NumberObject)):
            destination[at] = FloatObject(round(float(destination[at]) * scale + shift, 3))
