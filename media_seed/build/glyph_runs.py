"""Read a page's content stream and say which glyphs belong to one cluster of text, and where each is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

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
            glyphs = place(_shown(operands[0]), size, fonts[font].width, multiply(line, matrices[-1]), number)
            number += len(glyphs)
            runs.shows[position] = Show(size, glyphs)
            for glyph in glyphs:
                text = said if said is not None else fonts[font].texts.get(glyph.code, "")
                collect(runs.clusters, Cluster(font, size, text, [glyph], span))
            line = None
    return runs


def _shown(operand: Any) -> Iterator[bytes | float]:
    """Strings of codes, and moves between them."""
    for item in operand if isinstance(operand, pikepdf.Array) else [operand]:
        yield bytes(item) if isinstance(item, pikepdf.String) else float(item)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return (a, b, c, d, e, f)


def _actual_text(operands: Any) -> str | None:
    if len(operands) == 2 and isinstance(operands[1], pikepdf.Dictionary) and "/ActualText" in operands[1]:
        return str(operands[1].ActualText)
    return None
