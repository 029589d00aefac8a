"""Parts of a workbook that somebody made to harm: read piece by piece, keeping one piece at a time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from resources.extraction.packed import has_doctype
from resources.importing.errors import UnreadableTable

MOST_ELEMENTS = 2_000_000
"""Around the pieces: a sheet of Excel has 1,048,576 rows."""
_WITHIN = 50_000
"""Of a piece. A text may change its font with every letter."""
_APART = 1024 * 1024
"""Bytes from one element to the next: what is longer is no text of a cell, or a million attributes."""


def too_large() -> UnreadableTable:
    return UnreadableTable(_("The workbook unpacks to more than a table of works could be."))


def qualified(tag: str) -> str:
    return f"{{{SHEET_MAIN_NS}}}{tag}"


def elements(archive: zipfile.ZipFile, name: str, piece: str) -> Iterator[tuple[str, Any]]:
    """("start", element) as an element begins, with its attributes, and ("end", element) as it is over. Those with the
    tag `piece` come whole, and once.

    Raises UnreadableTable for a part that is no table's, and whatever the parser raises on a damaged one.
    """
    path: list[Any] = []
    depth = kept = around = 0
    with archive.open(name) as source:
        for event, element in iterparse(_Watched(source), ("start", "end")):
            if event == "start":
                path.append(element)
                kept += 1
                if depth or element.tag == piece:
                    depth += 1
                else:
                    around += 1
                    yield event, element
                if kept > _WITHIN or around > MOST_ELEMENTS:
                    raise too_large()
                continue
            path.pop()
            depth -= bool(depth)
            if depth:
                continue
            yield event, element
            kept = len(path)
            if path:
                path[-1].remove(element)


class _Watched:
    """A part as the parser reads it."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._before = b""
        self._apart = 0

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._source.read(size)
        seen = self._before + data
        # An entity may be a million times as long as it is written. ECMA-376, part 2, 8.2.5 has none.
        if has_doctype(seen):
            raise ValueError
        self._before = seen[-64:]
        # It stands in no text and no attribute, only where the next element begins.
        last = data.rfind(b"<")
        self._apart = self._apart + len(data) if last < 0 else len(data) - last
        if self._apart > _APART:
            raise too_large()
        return data


def date_styles(archive: zipfile.ZipFile) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the styles in which a number is a date, and of those in which it is a time that passed."""
    if ARC_STYLE not in archive.namelist():
        return frozenset(), frozenset()
    own: dict[int, str] = {}
    used: list[int] = []
    is_used = False
    for event, element in elements(archive, ARC_STYLE, qualified("numFmt")):
        if element.tag == qualified("numFmt"):
            # Those of conditional formats come later.
            own.setdefault(int(element.get("numFmtId", "0")), element.get("formatCode", ""))
        elif element.tag == qualified("cellXfs"):
            is_used = event == "start"
        elif event == "start" and is_used and element.tag == qualified("xf"):
            used.append(int(element.get("numFmtId", "0")))
    codes = {number: own.get(number) or builtin_format_code(number) for number in set(used)}
    dates = {number for number, code in codes.items() if is_date_format(code)}
    passed = {number for number, code in codes.items() if is_timedelta_format(code)}
    return (
        frozenset(place for place, number in enumerate(used) if number in dates),
        frozenset(place for place, number in enumerate(used) if number in passed),
    )
