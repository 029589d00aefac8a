"""A file → the rows that it holds, whatever kind of file it is: a table, or a bibliography."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from resources.importing import references
from resources.importing.errors import UnreadableTable
from resources.importing.sheet import Sheet, decode, open_records, open_sheet, to_sheet


def open_file(file: BinaryIO, *, language: str = "en", columns: Sequence[str | None] | None = None) -> Sheet:
    """CSV, XLSX, RIS or BibTeX, told by the content. `language` is that of references that say none; `columns` say what
    those of a table hold, else their headings do. The rows of a table are read as they are asked for; those of a
    bibliography, which may be no larger than 20 MB, at once.

    It and its rows raise UnreadableTable.
    """
    if not is_bibliography(file):
        return open_sheet(file) if columns is None else to_sheet(open_records(file), columns)
    text = decode(file.read())
    return references.from_ris(text, language) if references.is_ris(text) else references.from_bibtex(text, language)


def is_bibliography(file: BinaryIO) -> bool:
    """Whether a file is one, told by its beginning. It is at its beginning again then."""
    head = file.read(references.HEAD + 1)
    file.seek(0)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return False
    try:
        text = decode(head, references.HEAD)
    except UnreadableTable:
        return False
    return references.is_ris(text) or references.is_bibtex(text)
