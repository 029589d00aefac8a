"""Word, PowerPoint, Excel and EPUB files made here, good ones and such as do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document
from openpyxl import Workbook
from pptx import Presentation

PARAGRAPH = "Social protection reaches every village. " * 5
CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def word() -> bytes:
    document = Document()
    document.core_properties.title = "Old-age pensions"
    document.core_properties.author = "Ann Example; Budi Contoh"
    document.core_properties.language = "en-GB"
    document.add_heading("The first chapter", 1)
    for _ in range(30):
        document.add_paragraph(PARAGRAPH)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Thailand", "ประกันสังคม"
    document.add_heading("The second chapter", 1)
    document.add_paragraph("The end.")
    return saved(document)


def slides() -> bytes:
    presentation = Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[1])
    first.shapes.title.text, first.placeholders[1].text = "Coverage", "A point"
    first.notes_slide.notes_text_frame.text = "What the speaker says"
    presentation.slides.add_slide(presentation.slide_layouts[6])
    presentation.slides.add_slide(presentation.slide_layouts[5]).shapes.title.text = "Thanks"
    return saved(presentation)


def sheets() -> bytes:
    workbook = Workbook()
    workbook.active.title = "Budget"
    workbook.active.append(["Year", "Amount"])
    workbook.active.append([2024, 3.5])
    workbook.create_sheet("Hidden").append(["a secret"])
    workbook["Hidden"].sheet_state = "hidden"
    workbook.create_sheet("Far")["XFD1048576"] = "lonely"
    workbook["Far"]["A1"] = "near"
    return saved(workbook)


def packed(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def book(*chapters: str, **more: str | bytes) -> bytes:
    """An EPUB with chapters of HTML; `more` are further files of its META-INF."""
    items = "".join(
        f'<item id="c{number}" href="chapter%20{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>A book</dc:title><dc:creator>Ann</dc:creator><dc:language>vi</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    texts = {f"OEBPS/chapter {number}.xhtml": text for number, text in enumerate(chapters)}
    own = {f"META-INF/{name}.xml": data for name, data in more.items()}
    return packed(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package}
        | texts
        | own
    )


def with_part(office: bytes, name: str, data: bytes) -> bytes:
    """An Office file with one part put in another's place."""
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    return packed(parts | {name: data})
