"""Puts the pages of documents in their places (ISO 32000-1, 8.10, 11.3.5 and 12.5.6.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from resources.packs.exporting.originals.types import Original, OriginalLink

MARK = "x-original:"
# A small page is drawn no larger than this: A5 on A4.
MOST_SCALE = 1.42
EDGE = 2.0

Matrix = tuple[float, float, float, float, float, float]


def place_originals(
    writer: PdfWriter, originals: Sequence[Original], *, black_and_white: bool, tell: Callable[[float], None]
) -> None:
    """Draw each page of the documents where the template left a link to it. `tell` hears which share is done."""
    reader: PdfReader | None = None
    opened = -1
    pages = list(writer.pages)
    for at, page in enumerate(pages):
        tell(at / len(pages))
        place = _take_mark(page)
        if place is None:
            continue
        document, number, rect = place
        if document != opened:
            if reader is not None:
                # What it has given is written already; another reader may get its place in memory.
                writer.reset_translation(reader)
            reader, opened = PdfReader(originals[document].path, strict=False), document
        assert reader is not None
        source: Any = reader.pages[number]["/Resources"]
        form = source["/XObject"].raw_get("/O").get_object().clone(writer)
        shape = originals[document].pages[number]
        matrix = _fitted(shape.width, shape.height, rect)
        _draw(writer, page, form, matrix, rect if black_and_white else None)
        _link(page, shape.links, matrix)


def _take_mark(page: PageObject) -> tuple[int, int, list[float]] | None:
    """Document, page and rectangle of the link that marks a place, which is taken away."""
    annotations: Any = page.get("/Annots")
    if annotations is None:
        return None
    annotations = annotations.get_object()
    for at, reference in enumerate(annotations):
        annotation = reference.get_object()
        url = str(annotation.get("/A", {}).get("/URI", ""))
        if url.startswith(MARK):
            del annotations[at]
            document, _, number = url.removeprefix(MARK).partition("/")
            return int(document), int(number), [float(edge) for edge in annotation["/Rect"]]
    return None


def _fitted(width: float, height: float, rect: list[float]) -> Matrix:
    """How a page is scaled into the middle of a rectangle."""
    left, bottom, right, top = rect
    scale = min((right - left) / width, (top - bottom) / height, MOST_SCALE)
    return (
        scale,
        0,
        0,
        scale,
        left + (right - left - scale * width) / 2,
        bottom + (top - bottom - scale * height) / 2,
    )


def _draw(writer: PdfWriter, page: PageObject, form: StreamObject, matrix: Matrix, grey: list[float] | None) -> None:
    """Draw a form before what the page has; in greys within the rectangle `grey`."""
    drawing = f"q {shown(matrix)} cm /O Do Q\n"
    reference: Any = form.indirect_reference
    if grey is not None:
        reference = writer._add_object(_greyed(reference, drawing, grey))
        drawing = "/O Do\n"
    had: Any = page["/Resources"].get_object()
    resources = DictionaryObject(had)
    forms = DictionaryObject(had.get("/XObject", DictionaryObject()).get_object())
    forms[NameObject("/O")] = reference
    resources[NameObject("/XObject")] = forms
    page[NameObject("/Resources")] = resources
    own: Any = page["/Contents"].get_object()
    contents = StreamObject()
    contents.set_data(drawing.encode("ascii") + own.get_data())
    writer._replace_object(page.raw_get("/Contents"), contents.flate_encode())


def _greyed(form: Any, drawing: str, rect: list[float]) -> StreamObject:
    """A group in which a form is drawn, and then loses its colours to white, whose colour is none."""
    # A little more than the page, whose edge may fall within a pixel.
    left, bottom, right, top = rect[0] - EDGE, rect[1] - EDGE, rect[2] + EDGE, rect[3] + EDGE
    whole = StreamObject()
    area = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re f"
    whole.set_data(f"{drawing}/G gs 1 1 1 rg {area}\n".encode("ascii"))
    mode = DictionaryObject({NameObject("/Type"): NameObject("/ExtGState"), NameObject("/BM"): NameObject("/Color")})
    whole.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(edge) for edge in (left, bottom, right, top)),
            NameObject("/Group"): DictionaryObject(
                {
                    NameObject("/S"): NameObject("/Transparency"),
                    NameObject("/CS"): NameObject("/DeviceRGB"),
                    NameObject("/I"): BooleanObject(True),
                }
            ),
            NameObject("/Resources"): DictionaryObject(
                {
                    NameObject("/XObject"): DictionaryObject({NameObject("/O"): form}),
                    NameObject("/ExtGState"): DictionaryObject({NameObject("/G"): mode}),
                }
            ),
        }
    )
    return whole


def _link(page: PageObject, links: Sequence[OriginalLink], matrix: Matrix) -> None:
    if not links:
        return
    annotations: Any = page.get("/Annots")
    if annotations is None:
        annotations = page[NameObject("/Annots")] = ArrayObject()
    for link in links:
        action = {
            NameObject("/S"): NameObject("/URI"),
            NameObject("/URI"): TextStringObject(link.url),
        }
        annotations.get_object().append(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Annot"),
                    NameObject("/Subtype"): NameObject("/Link"),
                    NameObject("/Rect"): ArrayObject(FloatObject(round(edge, 3)) for edge in moved(link.box, matrix)),
                    NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
                    NameObject("/F"): NumberObject(4),
                    NameObject("/A"): DictionaryObject(action),
                }
            )
        )


def moved(box: Sequence[float], matrix: Matrix) -> tuple[float, float, float, float]:
    """A box scaled and moved."""
    across, _, _, up, x, y = matrix
    return box[0] * across + x, box[1] * up + y, box[2] * across + x, box[3] * up + y


def shown(matrix: Matrix) -> str:
    return " ".join(f"{value:.5f}" for value in matrix)
