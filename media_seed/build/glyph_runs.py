"""Read a page's content stream and say which glyphs belong to one cluster of text, and where each is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn glyph: `offset` is along its own line, `x` and `y` on the page, all in points."""

    number: int
    code: int
    offset: float
    x: float
    y: float


@dataclass(slots=True)
class Cluster:
    """Glyphs that together stand for `text`; `size` is the font size in points and `head` the first glyph's number."""

    font: str
    size: float
    text: str
    glyphs: list[Glyph]
    span: int

    @property
    def head(self) -> int:
        return self.glyphs[0].number


@dataclass(slots=True)
class Show:
    """One operator that shows glyphs."""

    size: float
    glyphs: list[Glyph]


@dataclass(slots=True)
class PageRuns:
    """A page's instructions, those that show glyphs, /ActualText brackets to drop, and the clusters in order."""

    instructions: list[Any] = field(default_factory=list)
    shows: dict[int, Show] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    clusters: list[Cluster] = field(default_factory=list)


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first, then `outer` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class CodedFont(Protocol):
    """What is asked of a font here: the text of each code, and its advance in thousandths of an em."""

    texts: dict[int, str]

    def width(self, code: int) -> float: ...


def read_runs(page: pikepdf.Page, fonts: Mapping[str, CodedFont]) -> PageRuns:
    """Return the page's runs in `fonts` (by resource name); other fonts' text is left alone.

    Raises ValueError when a show operator does not follow its own text matrix, as Typst's always do.
    """
    runs = PageRuns()
    matrices: list[Matrix] = [IDENTITY]
    marks: list[tuple[int, str | None]] = []
    line: Matrix | None = None
    font, size, number = "", 0.0, 0
    for instruction in pikepdf.parse_content_stream(page):
        position = len(runs.instructions)
        runs.instructions.append(instruction)
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            matrices.append(matrices[-1])
        elif operator == "Q":
            matrices.pop()
        elif operator == "cm":
            matrices[-1] = multiply(_matrix(operands), matrices[-1])
        elif operator in ("BDC", "BMC"):
            said = _actual_text(operands)
            marks.append((position, said))
        elif operator == "EMC":
            opened, _ = marks.pop()
            if opened in runs.dropped:
                runs.dropped.add(position)
        elif operator == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif operator == "Tm":
            line = _matrix(operands)
        elif operator in ("Tj", "TJ") and font in fonts:
            if line is None:
                raise ValueError("text is shown without a text matrix of its own")
            span, said = next(((at, text) for at, text in reversed(marks) if text is not None), (-1, None))
            if said is not None:
                runs.dropped.add(span)
            glyphs = _place(operands[0], size, fonts[font].width, multiply(line, matrices[-1]), number)
            number += len(glyphs)
            runs.shows[position] = Show(size, glyphs)
            for glyph in glyphs:
                text = said if said is not None else fonts[font].texts.get(glyph.code, "")
                _collect(runs.clusters, Cluster(font, size, text, [glyph], span))
            line = None
    return runs


def _collect(clusters: list[Cluster], new: Cluster) -> None:
    """Append `new`, or add its glyph to the last cluster when both are parts of one.

    Parts of a cluster carry its whole text. The same text twice in a row begins with the same glyph twice.
    """
    last = clusters[-1] if clusters else None
    if last is not None and last.font == new.font and last.text == new.text and last.size == new.size:
        within_span = new.span >= 0 and new.span == last.span
        if within_span or (len(new.text) > 1 and new.glyphs[0].code != last.glyphs[0].code):
            last.glyphs.extend(new.glyphs)
            return
    clusters.append(new)


def _place(shown: Any, size: float, width: Callable[[int], float], matrix: Matrix, first: int) -> list[Glyph]:
    pen = 0.0
    glyphs: list[Glyph] = []
    for item in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if not isinstance(item, pikepdf.String):
            pen -= float(item) * size / 1000
            continue
        data = bytes(item)
        for start in range(0, len(data), 2):
            code = int.from_bytes(data[start : start + 2], "big")
            x, y = pen * matrix[0] + matrix[4], pen * matrix[1] + matrix[5]
            glyphs.append(Glyph(first + len(glyphs), code, pen, x, y))
            pen += width(code) * size / 1000
    return glyphs


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return (a, b, c, d, e, f)


def _actual_text(operands: Any) -> str | None:
    if len(operands) == 2 and isinstance(operands[1], pikepdf.Dictionary) and "/ActualText" in operands[1]:
        return str(operands[1].ActualText)
    return None
