"""Printing in tests, and reading what was printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pypdfium2

from resources.packs.content import PackContent
from resources.packs.exporting.printing import print_pdf
from resources.packs.exporting.types import ExportOptions
from tests.resources.packs.made import Shelf


def printed(folder: Path, content: PackContent, shelf: Shelf, **options: Any) -> Path:
    """The PDF of an edition, by default in its own language."""
    target = folder / f"{len(list(folder.iterdir()))}.pdf"
    chosen = ExportOptions(**{"language": content.language, **options})
    print_pdf(content, chosen, shelf, target, lambda share: None)
    return target


def squeezed(text: str) -> str:
    """`text` without white space: where a line ends is not part of what it says."""
    return "".join(text.split())


def texts(path: Path) -> list[str]:
    """What PDFium, with which Chrome shows PDFs, copies out of each page."""
    document = pypdfium2.PdfDocument(path)
    # PDFium has signs of its own for a hyphen at a line's end.
    ends = str.maketrans({"\ufffe": "-", "\x02": "-"})
    found = [page.get_textpage().get_text_bounded().translate(ends) for page in document]
    document.close()
    return found


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """Level from 0, title, and number of the page, from 0."""
    reader = pypdf.PdfReader(path)

    def walk(outline: list[Any], level: int) -> list[tuple[int, str, int]]:
        found: list[tuple[int, str, int]] = []
        for entry in outline:
            if isinstance(entry, list):
                found += walk(entry, level + 1)
            else:
                number = reader.get_destination_page_number(entry)
                assert number is not None
                found.append((level, entry.title, number))
        return found

    return walk(reader.outline, 0)


def inner_links(path: Path) -> list[tuple[int, int, float]]:
    """Links within the file: number of the page that has it, of the page that it leads to, and how far up."""
    reader = pypdf.PdfReader(path)
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference}
    named = reader.named_destinations
    found = []
    for at, page in enumerate(reader.pages):
        for reference in page.get("/Annots", []):
            target: Any = reference.get_object().get("/Dest")
            if target is None:
                continue
            array = named[target].dest_array if isinstance(target, str) else target.get_object()
            found.append((at, numbers[array[0].idnum], float(array[3])))
    return found


def addresses(path: Path) -> set[str]:
    """All addresses that links lead to."""
    return {
        str(reference.get_object()["/A"]["/URI"])
        for page in pypdf.PdfReader(path).pages
        for reference in page.get("/Annots", [])
        if "/A" in reference.get_object()
    }
