"""Which glyphs of a page belong to one cluster of text, and where each is drawn (ISO 32000-1, 8.4, 9.3 and 14.9.4).

Reads what Typst writes: composite fonts with two-byte codes, and a text matrix before every operator that shows text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from resources.packs.exporting.readable.clusters import (
    IDENTITY,
    Cluster,
    CodedFont,
    Glyph,
    Matrix,
    collect,
    multiply,
    place,
)

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
                glyphs = place(_shown(operands[0][0]), size, fonts[font].width, matrix, number)
                number += len(glyphs)
                runs.shows.append(Show(*whole, size, font, glyphs))
                for glyph in glyphs:
                    text = said if said is not None else fonts[font].texts.get(glyph.code, "")
                    collect(runs.clusters, Cluster(font, size, text, [glyph], span[0]))
                line = None
        operands = []
    return runs


def _shown(operand: bytes) -> Iterator[bytes | float]:
    """Strings of codes, and moves between them."""
    for hexadecimal, literal, move in _SHOWN.findall(operand):
        if move:
            yield float(move)
        else:
            yield bytes.fromhex(hexadecimal.decode("ascii")) if hexadecimal else _unescaped(literal)


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
