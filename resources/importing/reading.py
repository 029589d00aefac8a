"""A file → the rows that it holds, whatever kind of file it is: a table, or a bibliography."""

from __future__ import annotations

from resources.importing import references
from resources.importing.errors import UnreadableTable
from resources.importing.sheet import Sheet, decode, read_sheet


def read_file(data: bytes, *, language: str = "en") -> Sheet:
    """CSV, XLSX, RIS or BibTeX, told by the content. `language` is that of references that say none.

    Raises UnreadableTable.
    """
    if not is_bibliography(data):
        return read_sheet(data)
    text = decode(data)
    return references.from_ris(text, language) if references.is_ris(text) else references.from_bibtex(text, language)


def is_bibliography(data: bytes) -> bool:
    """Whether a file is one, told by its beginning."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return False
    try:
        text = decode(data, references.HEAD)
    except UnreadableTable:
        return False
    return references.is_ris(text) or references.is_bibtex(text)
