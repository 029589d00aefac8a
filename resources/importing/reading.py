"""A file → the rows that it holds, whatever kind of file it is: a table, or a bibliography."""

from __future__ import annotations

from resources.importing import references
from resources.importing.errors import UnreadableTable
from resources.importing.sheet import Sheet, decode, read_sheet


def read_file(data: bytes, *, language: str = "en") -> Sheet:
    """CSV, XLSX, RIS or BibTeX, told by the content. `language` is that of references that say none.

    Raises UnreadableTable.
    """
    text = text_of_references(data)
    if text is None:
        return read_sheet(data)
    return references.from_ris(text, language) if references.is_ris(text) else references.from_bibtex(text, language)


def text_of_references(data: bytes) -> str | None:
    """The text of a bibliography; None for what is none."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return None
    try:
        text = decode(data)
    except UnreadableTable:
        return None
    return text if references.is_ris(text) or references.is_bibtex(text) else None
