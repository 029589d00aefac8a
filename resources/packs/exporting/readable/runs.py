"""Which glyphs of a page belong to one cluster of text, and where each is drawn (ISO 32000-1, 8.4, 9.3 and 14.9.4).

Reads what Typst writes: composite fonts with two-byte codes, and a text matrix before every operator that shows text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST = 12


def _literal() -> bytes:
    """A literal string, whose brackets may stand unescaped in pairs, pairs within pairs (7.3.4.2)."""
    inner = rb"(?:\\.|[^\\()])*+"
    for _ in range(_DEEPEST):
        inner = rb"(?:\\.|[^\\()]|\(" + inner + rb"\))*+"
    return rb"\(" + inner + rb"\)"


_STRING = _literal()
_TOKEN = re.compile(
    rb"<<(?:[^<>()]|<[0-9A-Fa-f\s]*+>|" + _STRING + rb")*+>>"
    rb"|\[(?:[^\]()]|" + _STRING + rb")*+\]"
    rb"|<[0-9A-Fa-f\s]*+>|" + _STRING + rb"|/[^\s/<>\[\]()]*|[+-]?\.?\d[\d.]*|[A-Za-z'\"]+[01]?\*?",
    re.S,
)
_SHOWN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(" + _STRING + rb")|([+-]?[\d.]+)", re.S)
_ACTUAL = re.compile(rb"/ActualText\s*(?:<([0-9A-Fa-f\s]*)>|(" + _STRING + rb"))", re.S)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class NotTypst(ValueError):
    """The page isn't written as Typst writes it."""


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


@dataclass(frozen=True, slots=True)
class Show:
    """The bytes `start` to `end` of the content stream, which show glyphs."""

    start: int
    end: int
    size: float
    font: str
    glyphs: list[Glyph]


@dataclass(slots=True)
class PageRuns:
    """What shows glyphs, brackets of /ActualText to drop (start, end), and the clusters in order."""

    shows: list[Show] = field(default_factory=list)
    dropped: set[tuple[int, int]] = field(default_factory=set)
    clusters: list[Cluster] = field(default_factory=list)


class CodedFont(Protocol):
    """What is asked of a font here: the text of each code, and its advance in thousandths of an em."""

    texts: dict[int, str]

    def width(self, code: int) -> float: ...


def read_runs(content: bytes, fonts: Mapping[str, CodedFont]) -> PageRuns:
    """Return a content stream's runs in `fonts` (by resource name); other fonts' text is left alone.

    Raises NotTypst.
    """
    runs = PageRuns()
    matrices: list[Matrix] = [IDENTITY]
    marks: list[tuple[tuple[int, int], str | None]] = []
    line: Matrix | None = None
    font, size, number = "", 0.0, 0
    operands: list[tuple[bytes, int]] = []
    for found in _TOKEN.finditer(content):
        token, start = found[0], found.start()
        if not token[:1].isalpha() and token[:1] not in b"'\"":
            operands.append((token, start))
            continue
        whole = (operands[0][1] if operands else start, found.end())
        match token:
            case b"q":
                matrices.append(matrices[-1])
            case b"Q":
                matrices.pop()
            case b"cm":
                matrices[-1] = multiply(_matrix(operands), matrices[-1])
            case b"BDC" | b"BMC":
                marks.append((whole, _actual_text(operands)))
            case b"EMC":
                opened, _ = marks.pop()
                if opened in runs.dropped:
                    runs.dropped.add(whole)
            case b"Tf":
                font, size = operands[0][0].decode("latin-1"), float(operands[1][0])
            case b"Tm":
                line = _matrix(operands)
            case b"Td" | b"TD" | b"T*" | b"'" | b'"' | b"Ts" | b"Tz" | b"BI":
                raise NotTypst(token)
            case b"Tj" | b"TJ" if font in fonts:
                if line is None or size == 0:
                    raise NotTypst("text without a text matrix of its own")
                span, said = next((mark for mark in reversed(marks) if mark[1] is not None), ((-1, -1), None))
                if said is not None:
                    runs.dropped.add(span)
                matrix = multiply(line, matrices[-1])
                glyphs = _place(operands[0][0], size, fonts[font].width, matrix, number)
                number += len(glyphs)
                runs.shows.append(Show(*whole, size, font, glyphs))
                for glyph in glyphs:
                    text = said if said is not None else fonts[font].texts.get(glyph.code, "")
                    _collect(runs.clusters, Cluster(font, size, text, [glyph], span[0]))
                line = None
        operands = []
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


def _place(shown: bytes, size: float, width: Callable[[int], float], matrix: Matrix, first: int) -> list[Glyph]:
    pen = 0.0
    glyphs: list[Glyph] = []
    for hexadecimal, literal, move in _SHOWN.findall(shown):
        if move:
            pen -= float(move) * size / 1000
            continue
        data = bytes.fromhex(hexadecimal.decode("ascii")) if hexadecimal else _unescaped(literal)
        for start in range(0, len(data) - 1, 2):
            code = int.from_bytes(data[start : start + 2], "big")
            x, y = pen * matrix[0] + matrix[4], pen * matrix[1] + matrix[5]
            glyphs.append(Glyph(first + len(glyphs), code, pen, x, y))
            pen += width(code) * size / 1000
    return glyphs


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first, then `outer` (8.3.4)."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _matrix(operands: list[tuple[bytes, int]]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value, _ in operands)
    return (a, b, c, d, e, f)


def _actual_text(operands: list[tuple[bytes, int]]) -> str | None:
    found = _ACTUAL.search(operands[-1][0]) if operands else None
    if found is None:
        return None
    data = bytes.fromhex(found[1].decode("ascii")) if found[1] is not None else _unescaped(found[2])
    return data[2:].decode("utf-16-be") if data.startswith(b"\xfe\xff") else data.decode("latin-1")


def _unescaped(literal: bytes) -> bytes:
    """What a literal string says (7.3.4.2)."""
    return _ESCAPED.sub(_meant, literal[1:-1])


def _meant(found: re.Match[bytes]) -> bytes:
    escaped = found[1]
    return bytes([int(escaped, 8) & 0xFF]) if escaped.isdigit() else _ESCAPES.get(escaped, escaped)
