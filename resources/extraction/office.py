"""Word, PowerPoint and Excel files (Office Open XML) to passages: about a page, a slide, a sheet."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from docx import Document as open_document
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation as open_presentation

from resources.extraction.packed import text_parts
from resources.extraction.sniff import DOCX, PPTX, XLSX
from resources.extraction.types import CannotExtract, ExtractedText, FailureReason, Limits
from resources.extraction.units import Block, passages

CONTENT_TYPES = (DOCX, XLSX, PPTX)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FOOTNOTES = re.compile(r"/word/(?:footnotes|endnotes)\d*\.xml")
MAX_ROWS, MAX_COLUMNS = 100_000, 1_000
LONGEST_TITLE, MAX_AUTHORS = 300, 20
# What programs call a file that nobody has named.
_NO_TITLE = re.compile(
    r"(?:powerpoint presentation|word document|document|presentation|slide|book)\s*\d*", re.IGNORECASE
)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def extract(path: Path, kind: str, limits: Limits) -> ExtractedText:
    """Return the text of an Office file, with title, authors and language as its properties have them.

    Raises CannotExtract: locked, damaged, too large, or no text.
    """
    if path.stat().st_size > limits.bytes:
        raise CannotExtract(FailureReason.TOO_LARGE)
    parts = text_parts(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = _READERS[kind](parts, limits)
    except (CannotExtract, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - three libraries raise what their parsing happens to stumble over
        raise CannotExtract(FailureReason.DAMAGED) from None
    if not found.passages:
        raise CannotExtract(FailureReason.NO_TEXT, found)
    return found


def _word(parts: io.BytesIO, limits: Limits) -> ExtractedText:
    document = open_document(parts)
    headings = _heading_styles(document)

    def blocks() -> Iterator[Block]:
        yield from _paragraphs(document.element.body, headings)
        for part in document.part.package.iter_parts():
            if FOOTNOTES.fullmatch(str(part.partname)):
                yield from _paragraphs(etree.fromstring(part.blob, _parser()), frozenset())

    return _described(document.core_properties, blocks(), limits)


def _heading_styles(document: Any) -> frozenset[str]:
    """The identifiers of the styles with a level in the outline, and of those named as Word names its headings."""
    found = set()
    for style in document.styles.element.iter(f"{W}style"):
        name = style.find(f"{W}name")
        named = name is not None and (name.get(f"{W}val") or "").lower().startswith(("heading", "title"))
        if named or style.find(f"{W}pPr/{W}outlineLvl") is not None:
            found.add(style.get(f"{W}styleId") or "")
    return frozenset(found)


def _paragraphs(root: Any, headings: frozenset[str]) -> Iterator[Block]:
    """The paragraphs in the order of the file; a row of a table is one block. What was struck out isn't there."""
    row: list[str] | None = None
    text: list[str] = []
    heading = False
    skipped = rows = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if tag == f"{MC}Fallback":
            # The same text again for older programs.
            skipped += 1 if event == "start" else -1
        elif skipped:
            continue
        elif tag == f"{W}tr":
            rows += 1 if event == "start" else -1
            if event == "start" and rows == 1:
                row = []
            elif event == "end" and rows == 0 and row is not None:
                yield Block("\t".join(row))
                row = None
        elif event == "start" and tag == f"{W}pStyle":
            heading = heading or element.get(f"{W}val") in headings
        elif event == "end":
            if tag == f"{W}t":
                text.append(element.text or "")
            elif tag in (f"{W}tab", f"{W}br", f"{W}cr"):
                text.append("\t" if tag == f"{W}tab" and element.getparent().tag == f"{W}r" else "\n")
            elif tag == f"{W}noBreakHyphen":
                text.append("-")
            elif tag == f"{W}p":
                said = "".join(text).strip()
                text, was_heading, heading = [], heading, False
                if row is None:
                    yield Block(said, heading=was_heading)
                elif said:
                    row.append(said)


def _slides(parts: io.BytesIO, limits: Limits) -> ExtractedText:
    presentation = open_presentation(parts)
    slides = list(presentation.slides)
    if len(slides) > limits.pages:
        raise CannotExtract(FailureReason.TOO_LARGE)

    def blocks() -> Iterator[Block]:
        for number, slide in enumerate(slides, 1):
            yield from (Block(text, page=number) for text in _drawn(slide._element))
            for relation in slide.part.rels.values():
                if not relation.is_external and relation.reltype.endswith(("/diagramData", "/notesSlide")):
                    part = relation.target_part
                    root = part._element if hasattr(part, "_element") else etree.fromstring(part.blob, _parser())
                    yield from (Block(text, page=number) for text in _drawn(root))

    return _described(presentation.core_properties, blocks(), limits, pages=len(slides))


def _drawn(root: Any) -> Iterator[str]:
    """The paragraphs of what is drawn (DrawingML), without the numbers that programs put on slides."""
    for paragraph in root.iter(f"{A}p"):
        said = "".join(
            "\n" if part.tag == f"{A}br" else part.text or ""
            for part in paragraph.iter(f"{A}t", f"{A}br")
            if part.getparent().tag != f"{A}fld"
        ).strip()
        if said:
            yield said


def _sheets(parts: io.BytesIO, limits: Limits) -> ExtractedText:
    workbook = load_workbook(parts, read_only=True, data_only=True, keep_links=False)

    def blocks() -> Iterator[Block]:
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                continue
            yield Block(sheet.title, heading=True, begins=True)
            for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True):
                said = [str(value).strip() for value in row if value is not None and value != ""]
                if said:
                    yield Block("\t".join(said))

    return _described(workbook.properties, blocks(), limits)


def _described(properties: Any, blocks: Iterator[Block], limits: Limits, pages: int | None = None) -> ExtractedText:
    title = _line(properties.title)
    author = _line(getattr(properties, "author", None) or getattr(properties, "creator", None))
    language = _line(properties.language)
    return ExtractedText(
        passages=passages(blocks, limits),
        title="" if _NO_TITLE.fullmatch(title) else title[:LONGEST_TITLE],
        authors=tuple(name.strip()[:LONGEST_TITLE] for name in author.split(";") if name.strip())[:MAX_AUTHORS],
        language=language if _TAG.fullmatch(language) else "",
        pages=pages,
    )


def _line(value: object) -> str:
    return " ".join(str(value or "")[:10_000].split())


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


_READERS: dict[str, Callable[[io.BytesIO, Limits], ExtractedText]] = {DOCX: _word, PPTX: _slides, XLSX: _sheets}
