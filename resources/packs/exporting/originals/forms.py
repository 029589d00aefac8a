"""Pages of a PDF as Form XObjects (ISO 32000-1, 8.10). Runs in the child process: what it reads is hostile."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from resources.extraction.types import FailureReason
from resources.packs.exporting.originals.drawings import DrawingCounter
from resources.packs.exporting.originals.types import (
    CannotPrint,
    OriginalLimits,
    OriginalLink,
    OriginalPage,
    Wanted,
)

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
# Beyond these (PDF's own 14,400 units, ISO 32000-1 annex C) a box is no page.
SMALLEST, LARGEST = 3.0, 14_400.0
SCHEMES = ("http://", "https://", "mailto:")
URL_LENGTH = 2_000
HIDDEN = 0b100010  # flags 'hidden' and 'no view' of an annotation, ISO 32000-1, 12.5.3
DRAWN_ELSEWHERE = {"/Link", "/Popup"}


def write_forms(wanted: Wanted, target: Any, limits: OriginalLimits) -> tuple[int, list[OriginalPage]]:
    """Write a PDF with a page for each page wanted to the stream `target`; return the number of the first and all
    pages. Raises CannotPrint, and whatever pypdf raises over a damaged file.
    """
    if wanted.path.stat().st_size > limits.bytes:
        raise CannotPrint(FailureReason.TOO_LARGE)
    reader = PdfReader(wanted.path, strict=False)
    if reader.is_encrypted:
        raise CannotPrint(FailureReason.ENCRYPTED)
    if len(reader.xref_objStm) + sum(map(len, reader.xref.values())) > limits.objects:
        raise CannotPrint(FailureReason.TOO_LARGE)
    first, pages = _choose(reader, wanted, limits)
    writer = PdfWriter()
    counter = DrawingCounter(limits)
    told = [_add(page, writer, counter, limits) for page in pages]
    writer.write(target)
    return first, told


def _choose(reader: PdfReader, wanted: Wanted, limits: OriginalLimits) -> tuple[int, list[PageObject]]:
    count = len(reader.pages)
    first = max(wanted.first or 1, 1)
    last = min(wanted.last or count, count)
    if last < first:
        raise CannotPrint(FailureReason.EMPTY)
    if last - first >= limits.pages:
        raise CannotPrint(FailureReason.TOO_MANY_PAGES)
    return first, [reader.pages[at] for at in range(first - 1, last)]


def _add(page: PageObject, writer: PdfWriter, counter: DrawingCounter, limits: OriginalLimits) -> OriginalPage:
    box, turn = _visible(page), _turn(page)
    upright, width, height = _upright(box, turn)
    resources = page.get("/Resources", DictionaryObject()).get_object()
    if not isinstance(resources, DictionaryObject):
        resources = DictionaryObject()
    stream, content = _content(page)
    counter.check_page(content, resources)
    form = StreamObject()
    if stream is not None:
        # As packed as it was.
        form._data = stream._data
        for key in ("/Filter", "/DecodeParms"):
            if key in stream:
                form[NameObject(key)] = stream[key].clone(writer)
    else:
        form.set_data(content)
        form = form.flate_encode()
    annotations = list(_annotations(page))
    _dress(form, box, resources.clone(writer))
    group = page.get("/Group")
    if group is not None and isinstance(group.get_object(), DictionaryObject):
        form[NameObject("/Group")] = group.get_object().clone(writer)
    shown = _with_appearances(form, annotations, box, writer, counter)
    shown[NameObject("/Matrix")] = numbers(upright)
    blank = writer.add_blank_page(width, height)
    blank[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/O"): writer._add_object(shown)})}
    )
    return OriginalPage(width, height, tuple(_links(annotations, box, upright))[: limits.links])


def _content(page: PageObject) -> tuple[StreamObject | None, bytes]:
    """The page's one stream, and what it holds; without it if the contents are in several, which are joined."""
    contents = page.get("/Contents")
    found = contents.get_object() if contents is not None else None
    if isinstance(found, ArrayObject):
        parts = [part.get_object() for part in found]
        if len(parts) == 1 and isinstance(parts[0], StreamObject):
            return parts[0], parts[0].get_data()
        # A token never runs across the streams of an array (7.8.2).
        return None, b"\n".join(part.get_data() for part in parts if isinstance(part, StreamObject))
    if isinstance(found, StreamObject):
        return found, found.get_data()
    return None, b""


def _visible(page: PageObject) -> Box:
    """The crop box within the media box (14.11.2)."""
    media, crop = box_of(page.mediabox), box_of(page.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right - left < SMALLEST or top - bottom < SMALLEST:
        left, bottom, right, top = media
    if not (SMALLEST <= right - left <= LARGEST and SMALLEST <= top - bottom <= LARGEST):
        raise CannotPrint(FailureReason.DAMAGED)
    return left, bottom, right, top


def box_of(value: Any) -> Box:
    """The corners of a rectangle, in order. Raises CannotPrint for one that isn't finite numbers."""
    corners = [float(part) for part in value]
    if len(corners) != 4 or not all(math.isfinite(corner) for corner in corners):
        raise CannotPrint(FailureReason.DAMAGED)
    left, bottom, right, top = corners
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _turn(page: PageObject) -> int:
    turn = page.rotation
    return turn % 360 if turn % 90 == 0 else 0


def _upright(box: Box, turn: int) -> tuple[Matrix, float, float]:
    """How a page is turned clockwise into its place at (0, 0), and its width and height then."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    match turn:
        case 90:
            return (0, -1, 1, 0, -bottom, right), height, width
        case 180:
            return (-1, 0, 0, -1, right, top), width, height
        case 270:
            return (0, 1, -1, 0, top, -left), height, width
        case _:
            return (1, 0, 0, 1, -left, -bottom), width, height


def numbers(values: tuple[float, ...]) -> ArrayObject:
    return ArrayObject(FloatObject(round(value, 5)) for value in values)


def apply(matrix: Matrix, box: Box) -> Box:
    """The box around a transformed box."""
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _dress(form: StreamObject, box: Box, resources: Any) -> None:
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = numbers(box)
    form[NameObject("/Resources")] = resources


def _annotations(page: PageObject) -> Iterator[DictionaryObject]:
    """Those that are well formed and not hidden."""
    found = page.get("/Annots")
    listed = found.get_object() if found is not None else None
    for reference in listed if isinstance(listed, ArrayObject) else []:
        annotation = reference.get_object()
        if isinstance(annotation, DictionaryObject) and not int(annotation.get("/F", 0)) & HIDDEN:
            yield annotation


def _links(annotations: list[DictionaryObject], visible: Box, upright: Matrix) -> Iterator[OriginalLink]:
    for annotation in annotations:
        action = annotation.get("/A")
        action = action.get_object() if action is not None else None
        if annotation.get("/Subtype") != "/Link" or not isinstance(action, DictionaryObject):
            continue
        url = action.get("/URI")
        if not isinstance(url, (str, bytes)) or action.get("/S") != "/URI":
            continue
        address = url.decode("utf-8", "replace") if isinstance(url, bytes) else str(url)
        if len(address) > URL_LENGTH or not address.lower().startswith(SCHEMES):
            continue
        box = box_of(annotation.get("/Rect", ()))
        inside = (max(box[0], visible[0]), max(box[1], visible[1]), min(box[2], visible[2]), min(box[3], visible[3]))
        if inside[0] < inside[2] and inside[1] < inside[3]:
            yield OriginalLink(apply(upright, inside), address)


def _with_appearances(
    form: StreamObject, annotations: list[DictionaryObject], box: Box, writer: PdfWriter, counter: DrawingCounter
) -> StreamObject:
    """The form with stamps, notes and filled fields drawn on it as their annotations show them; itself without any."""
    drawn = [f"q {_show(numbers((1, 0, 0, 1, 0, 0)))} cm /P Do Q"]
    used = DictionaryObject()
    for annotation in annotations:
        appearance = _appearance(annotation)
        if appearance is None:
            continue
        try:
            matrix = _placed(appearance.get_object(), box_of(annotation.get("/Rect", ())))
        except (CannotPrint, ZeroDivisionError, ValueError):
            continue
        counter.check_form(appearance)
        name = f"/A{len(used)}"
        used[NameObject(name)] = appearance.clone(writer)
        drawn.append(f"q {_show(numbers(matrix))} cm {name} Do Q")
    if not used:
        return form
    used[NameObject("/P")] = writer._add_object(form)
    whole = StreamObject()
    whole.set_data("\n".join(drawn).encode("ascii"))
    _dress(whole, box, DictionaryObject({NameObject("/XObject"): used}))
    return whole


def _show(values: ArrayObject) -> str:
    return " ".join(f"{float(value):.5f}" for value in values)


def _appearance(annotation: DictionaryObject) -> Any:
    """A reference to the form that shows an annotation as it is now (12.5.5), or None."""
    if annotation.get("/Subtype") in DRAWN_ELSEWHERE:
        return None
    looks = annotation.get("/AP")
    looks = looks.get_object() if looks is not None else None
    if not isinstance(looks, DictionaryObject) or "/N" not in looks:
        return None
    normal = looks.raw_get("/N")
    states = normal.get_object()
    if isinstance(states, DictionaryObject) and not isinstance(states, StreamObject):
        state = annotation.get("/AS")
        if state not in states:
            return None
        normal = states.raw_get(state)
    is_form = isinstance(normal, IndirectObject) and isinstance(normal.get_object(), StreamObject)
    return normal if is_form and "/BBox" in normal.get_object() else None


def _placed(appearance: DictionaryObject, place: Box) -> Matrix:
    """How a form is moved and scaled into an annotation's place (12.5.5, algorithm 8.1)."""
    a, b, c, d, e, f = (float(part) for part in appearance.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    around = apply((a, b, c, d, e, f), box_of(appearance["/BBox"]))
    across = (place[2] - place[0]) / (around[2] - around[0])
    up = (place[3] - place[1]) / (around[3] - around[1])
    return across, 0, 0, up, place[0] - around[0] * across, place[1] - around[1] * up
