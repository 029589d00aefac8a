"""Pages on which one cluster of letters is drawn in several pieces, each of which says the whole cluster.

Typst writes Khmer, Thai, Lao and Burmese so: a mark at a height of its own is shown by an operator of its own, and
its glyph means all of its cluster, in /ToUnicode or in /ActualText (ISO 32000-1, 9.10.3 and 14.9.4). A reader that
adds up what the pieces say writes the cluster several times; one that sorts them by place tears neighbours apart.
Here pieces that follow each other and say the same are one cluster, and text stays in the order in which it is
written. See docs/decisions/text-from-pdf.md.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from resources.extraction.pdf_fonts import CodedFont, coded_font
from resources.extraction.pdf_operations import name, numbers, operations, string

MAX_OPERATORS = 300_000
MAX_FORMS = 8

# The commonest of those that move no text.
_UNHEARD = frozenset(b"ET Tr cs scn CS SCN g rg gs m l c re h f".split())

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class NotCoded(Exception):
    """The page shows text in a font that isn't a composite one with a /ToUnicode map, or isn't well formed."""


class Piece(NamedTuple):
    """A glyph as shown: `said` is the text of its cluster, `span` numbers its /ActualText (0 for none)."""

    font: int
    code: int
    said: str
    span: int
    x: float
    y: float
    end: float
    size: float


class ClusterReader:
    """Reads such pages of one file. The file is opened when the first is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pages: Any = None
        self._fonts: dict[Any, CodedFont | None] = {}

    def page_text(self, index: int) -> str | None:
        """Return the text of page `index` (from 0), or None for a page that isn't written so."""
        # Not before it's needed: loading it costs a fifth of a second.
        from pypdf.errors import PyPdfError

        try:
            page = self._page(index)
            pieces = _Interpreter(self._fonts).run(page)
        except (PyPdfError, NotCoded, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            # Whatever is odd in the page, PDFium's own reading stands.
            return None
        return _lines(pieces)

    def _page(self, index: int) -> Any:
        if self._pages is None:
            from pypdf import PdfReader

            logging.getLogger("pypdf").disabled = True
            self._pages = PdfReader(self._path, strict=False).pages
        return self._pages[index]


class _Interpreter:
    """Follows a content stream's graphics and text state (ISO 32000-1, 8.4 and 9.3)."""

    def __init__(self, fonts: dict[Any, CodedFont | None]) -> None:
        self._fonts = fonts
        self._pieces: list[Piece] = []
        self._operators = 0
        self._spans = 0

    def run(self, page: Any) -> list[Piece]:
        self._stream(page.get_contents().get_data(), page["/Resources"].get_object(), IDENTITY, 0)
        return self._pieces

    def _stream(self, contents: bytes, resources: Any, matrix: Matrix, depth: int) -> None:
        if depth > MAX_FORMS:
            raise NotCoded
        saved: list[tuple[Matrix, CodedFont | None, float]] = []
        marks: list[tuple[int, str | None]] = []
        named: dict[bytes, CodedFont | None] = {}
        font: CodedFont | None = None
        size, leading, text, line = 0.0, 0.0, IDENTITY, IDENTITY
        for operator, operands in operations(contents):
            self._operators += 1
            if self._operators > MAX_OPERATORS:
                raise NotCoded
            if operator in _UNHEARD:
                continue
            match operator:
                case b"Tj" | b"TJ":
                    span, said = next((mark for mark in reversed(marks) if mark[1] is not None), (0, None))
                    text = self._show(operands, font, size, text, matrix, span, said)
                case b"Tm":
                    text = line = _matrix(operands)
                case b"BDC" | b"BMC":
                    marks.append(self._mark(operands, resources))
                case b"EMC" if marks:
                    marks.pop()
                case b"Td" | b"TD":
                    x, y = numbers(operands)
                    leading = -y if operator == b"TD" else leading
                    text = line = _multiply((1, 0, 0, 1, x, y), line)
                case b"T*":
                    text = line = _multiply((1, 0, 0, 1, 0, -leading), line)
                case b"BT":
                    text = line = IDENTITY
                case b"Tf":
                    if operands[0] not in named:
                        named[operands[0]] = self._font(resources, operands[0])
                    font, (size,) = named[operands[0]], numbers(operands[1:])
                case b"TL":
                    (leading,) = numbers(operands)
                case b"q":
                    saved.append((matrix, font, size))
                case b"Q" if saved:
                    matrix, font, size = saved.pop()
                case b"cm":
                    matrix = _multiply(_matrix(operands), matrix)
                case b"'" | b'"':
                    raise NotCoded
                case b"Do":
                    self._form(resources, name(operands[0]), matrix, depth)

    def _show(
        self,
        operands: Sequence[bytes],
        font: CodedFont | None,
        size: float,
        text: Matrix,
        matrix: Matrix,
        span: int,
        said: str | None,
    ) -> Matrix:
        if font is None:
            raise NotCoded
        pen, scale = 0.0, size / 1000
        a, b, c, d, x, y = _multiply(text, matrix)
        height = abs(size) * (c * c + d * d) ** 0.5
        for operand in operands:
            if operand in (b"[", b"]"):
                continue
            if operand[:1] not in (b"(", b"<"):
                pen -= sum(numbers([operand])) * scale
                continue
            for code, means, width in font.glyphs(operand):
                start, pen = pen, pen + width * scale
                says = means if said is None else said
                piece = Piece(font.number, code, says, span, start * a + x, start * b + y, pen * a + x, height)
                self._pieces.append(piece)
        return _multiply((1, 0, 0, 1, pen, 0), text)

    def _mark(self, operands: Sequence[bytes], resources: Any) -> tuple[int, str | None]:
        said: str | None = None
        if b"/ActualText" in operands:
            said = _decoded(string(operands[operands.index(b"/ActualText") + 1]))
        elif len(operands) == 2 and operands[1][:1] == b"/":
            properties = resources["/Properties"][name(operands[1])].get_object()
            said = str(properties["/ActualText"]) if "/ActualText" in properties else None
        if said is None:
            return 0, None
        self._spans += 1
        return self._spans, said

    def _font(self, resources: Any, operand: bytes) -> CodedFont | None:
        reference = resources["/Font"].get_object().raw_get(name(operand))
        key = getattr(reference, "idnum", None) or id(reference)
        if key not in self._fonts:
            self._fonts[key] = coded_font(reference.get_object(), len(self._fonts))
        return self._fonts[key]

    def _form(self, resources: Any, named: str, matrix: Matrix, depth: int) -> None:
        form = resources["/XObject"][named].get_object()
        if form.get("/Subtype") == "/Form":
            inner = _multiply(_six(form["/Matrix"]), matrix) if "/Matrix" in form else matrix
            own = form["/Resources"].get_object() if "/Resources" in form else resources
            self._stream(form.get_data(), own, inner, depth + 1)


def _lines(pieces: list[Piece]) -> str:
    """Join clusters in the order written: a new line where the base line moves, a space where there is a gap."""
    out: list[str] = []
    head: Piece | None = None
    base = right = 0.0
    for piece in pieces:
        if head is not None and _same_cluster(head, piece):
            right = max(right, piece.end)
            continue
        if head is not None and piece.size:
            if abs(piece.y - base) > 0.6 * max(piece.size, head.size):
                out.append("\n")
                base = piece.y
            elif piece.x - right > 0.25 * piece.size and not out[-1].endswith(" "):
                out.append(" ")
        elif head is None:
            base = piece.y
        out.append(piece.said)
        head, right = piece, piece.end
    return "".join(out)


def _same_cluster(head: Piece, piece: Piece) -> bool:
    """Whether `piece` is another part of the cluster that `head` began.

    Parts of one span are. Else they say the same several characters with different glyphs: the same cluster twice in
    a row would begin with the same glyph twice.
    """
    if head.font != piece.font or head.said != piece.said:
        return False
    return 0 < head.span == piece.span or (len(piece.said) > 1 and head.code != piece.code)


@lru_cache(maxsize=4096)
def _decoded(said: bytes) -> str:
    """The text of a string (7.9.2.2): the same clusters come again and again."""
    from pypdf.generic import create_string_object

    return str(create_string_object(said))


def _matrix(operands: Sequence[bytes]) -> Matrix:
    return _six(numbers(operands))


def _six(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return (a, b, c, d, e, f)


def _multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first, then `outer` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
