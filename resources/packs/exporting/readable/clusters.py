"""Glyphs that together stand for a text, and the codes that show them. Used by the builder of the demonstration library
too, which reads and writes PDFs with other tools.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

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
    """Glyphs that together stand for `text`; `size` is the font size in points."""

    font: str
    size: float
    text: str
    glyphs: list[Glyph]
    span: int

    @property
    def head(self) -> int:
        """The number of its first glyph."""
        return self.glyphs[0].number


class CodedFont(Protocol):
    """What is asked of a font here: the text of each code, and its advance in thousandths of an em."""

    texts: dict[int, str]

    def width(self, code: int) -> float: ...


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first, then `outer` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def place(
    shown: Iterable[bytes | float], size: float, width: Callable[[int], float], matrix: Matrix, first: int
) -> list[Glyph]:
    """The glyphs of an operator that shows text (9.4.3): strings of two-byte codes, and moves between them in
    thousandths of the font size. `first` is the number of the first.
    """
    pen = 0.0
    glyphs: list[Glyph] = []
    for part in shown:
        if not isinstance(part, bytes):
            pen -= part * size / 1000
            continue
        for start in range(0, len(part) - 1, 2):
            code = int.from_bytes(part[start : start + 2], "big")
            x, y = pen * matrix[0] + matrix[4], pen * matrix[1] + matrix[5]
            glyphs.append(Glyph(first + len(glyphs), code, pen, x, y))
            pen += width(code) * size / 1000
    return glyphs


def collect(clusters: list[Cluster], new: Cluster) -> None:
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


def showing(shown: Sequence[tuple[Glyph, int, float]], size: float) -> Iterator[bytes | int]:
    """What `place` reads, for glyphs with the codes that show them and their widths: each stays where it is."""
    pending = b""
    pen = 0.0
    for glyph, code, width in shown:
        move = round((pen - glyph.offset) * 1000 / size)
        if move:
            if pending:
                yield pending
            yield move
            pending = b""
            pen = glyph.offset
        pending += code.to_bytes(2, "big")
        pen += width * size / 1000
    if pending:
        yield pending


@dataclass(frozen=True, slots=True)
class Part:
    """A glyph of a composite, and where it stands from the composite's origin, in font units."""

    glyph: int
    dx: int
    dy: int


class ClusterCodes:
    """Which code shows each cluster of a font. `compose` makes a glyph of others and returns its code; `units` are
    those of an em.
    """

    def __init__(self, units: int, compose: Callable[[tuple[Part, ...]], int]) -> None:
        self._units, self._compose = units, compose
        self._composites: dict[tuple[object, ...], int] = {}
        self.said: dict[int, str] = {}
        """What each code in use means."""

    def code_for(self, cluster: Cluster) -> int:
        """Return the code that draws the whole cluster and means its text, making the glyph when it is new."""
        head = cluster.glyphs[0]
        if len(cluster.glyphs) == 1 and self.said.get(head.code, cluster.text) == cluster.text:
            self.said[head.code] = cluster.text
            return head.code
        em = self._units / cluster.size
        parts = tuple(
            Part(glyph.code, round((glyph.x - head.x) * em), round((glyph.y - head.y) * em)) for glyph in cluster.glyphs
        )
        key = (parts, cluster.text)
        if key not in self._composites:
            code = self._compose(parts)
            self._composites[key], self.said[code] = code, cluster.text
        return self._composites[key]
