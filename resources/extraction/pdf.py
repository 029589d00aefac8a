"""PDF to text by page, with what the file says of itself. PDFium reads; pages whose clusters are drawn in pieces are
read again.
"""

from __future__ import annotations

import ctypes
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from resources.extraction.pdf_clusters import ClusterReader
from resources.extraction.pdf_lines import unwrap
from resources.extraction.pdf_metadata import said_of_itself
from resources.extraction.pdf_objects import MOST_FONTS, font_names, shows_a_picture
from resources.extraction.running_lines import without_running_lines
from resources.extraction.sniff import PDF
from resources.extraction.types import CannotExtract, ExtractedPassage, ExtractedText, FailureReason, Limits

CONTENT_TYPES = (PDF,)

# Scripts whose letters, vowels and tones stack: Thai, Lao, Khmer, Burmese, Tamil.
STACKED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u0b80-\u0bff]")
# PDFium writes this where a word was broken by a hyphen at a line's end.
BROKEN_WORD = "\x02"
LONGEST_TITLE = 300
MAX_AUTHORS = 20
_MADE_BY = re.compile(r"^Microsoft (?:Word|PowerPoint|Excel) - ")


def extract(path: Path, kind: str, limits: Limits) -> ExtractedText:
    """Return the text of each page that has some, and title, authors and language as the file's metadata has them.

    Raises CannotExtract: encrypted, damaged, too large, or no text on any page.
    """
    if path.stat().st_size > limits.bytes:
        raise CannotExtract(FailureReason.TOO_LARGE)
    with closing(_open(path)) as document:
        pages = len(document)
        if pages == 0:
            raise CannotExtract(FailureReason.DAMAGED)
        known = replace(_metadata(document, pages), metadata=said_of_itself(document, path))
        if pages > limits.pages:
            raise CannotExtract(FailureReason.TOO_LARGE, known)
        found = _read_pages(document, path, known, limits)
        if not found.passages:
            raise CannotExtract(FailureReason.NO_TEXT, found)
        return found


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise CannotExtract(FailureReason.ENCRYPTED if locked else FailureReason.DAMAGED) from None


def _read_pages(document: pdfium.PdfDocument, path: Path, known: ExtractedText, limits: Limits) -> ExtractedText:
    clusters = ClusterReader(path)
    characters = unreadable = 0
    texts: dict[int, str] = {}
    fonts: set[str] = set()
    scanned: list[int] = []
    for index in range(len(document)):
        try:
            with closing(document[index]) as page:
                text = _page_text(page, index, clusters, limits.page_characters)
                if text == "" and shows_a_picture(page):
                    scanned.append(index + 1)
                elif text and len(fonts) < MOST_FONTS:
                    fonts |= font_names(page)
        except pdfium.PdfiumError:
            unreadable += 1
            continue
        if text is None or (characters := characters + len(text)) > limits.characters:
            raise CannotExtract(FailureReason.TOO_LARGE, known)
        if text:
            texts[index + 1] = text
    if unreadable == len(document):
        raise CannotExtract(FailureReason.DAMAGED, known)
    kept = zip(texts, without_running_lines(list(texts.values())), strict=True)
    return replace(
        known,
        passages=tuple(ExtractedPassage(text=unwrap(text), page=page) for page, text in kept),
        fonts=tuple(sorted(fonts)[:MOST_FONTS]),
        scanned=tuple(scanned),
    )


def _page_text(page: pdfium.PdfPage, index: int, clusters: ClusterReader, longest: int) -> str | None:
    """Return a page's text in the order of reading; None when it has more characters than `longest`. Raises
    PdfiumError.
    """
    with closing(page.get_textpage()) as textpage:
        if textpage.count_chars() > longest:
            return None
        text: str = textpage.get_text_bounded()
        if STACKED.search(text) and _has_actual_text(page):
            text = clusters.page_text(index) or text
    return text.replace(BROKEN_WORD, "-\n").replace("\r\n", "\n").replace("\0", "").strip()[:longest]


def _has_actual_text(page: pdfium.PdfPage) -> bool:
    """Whether a text object of the page is marked with /ActualText (ISO 32000-1, 14.9.4)."""
    said = ctypes.c_ulong()
    for number in range(pdfium_c.FPDFPage_CountObjects(page)):
        item = pdfium_c.FPDFPage_GetObject(page, number)
        for place in range(pdfium_c.FPDFPageObj_CountMarks(item)):
            mark = pdfium_c.FPDFPageObj_GetMark(item, place)
            if pdfium_c.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, said):
                return True
    return False


def _metadata(document: pdfium.PdfDocument, pages: int) -> ExtractedText:
    title = _MADE_BY.sub("", _line(document.get_metadata_value("Title")))[:LONGEST_TITLE]
    authors = [_line(name) for name in document.get_metadata_value("Author")[:10_000].split(";")]
    return ExtractedText(
        title=title,
        authors=tuple(name[:LONGEST_TITLE] for name in authors if name)[:MAX_AUTHORS],
        language=_declared_language(document),
        pages=pages,
    )


def _line(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text[:10_000]).split())


def _declared_language(document: pdfium.PdfDocument) -> str:
    """The catalogue's /Lang (ISO 32000-1, 14.9.2), such as `km` or `pt-BR`, or nothing."""
    size = pdfium_c.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size <= 128:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium_c.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), size)
    tag = buffer.raw[: size - 2].decode("utf-16-le", "ignore")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag) else ""
