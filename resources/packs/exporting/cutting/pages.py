"""Whether a PDF opens, and some of its pages as a PDF. Done in a child process alone."""

from __future__ import annotations

from pathlib import Path

import pypdf

from resources.extraction.types import FailureReason


def unreadable(path: Path, *, was_read: bool) -> FailureReason | None:
    """Why a PDF can't be opened; None if it can. `was_read`: extraction, which knows more ciphers, has read it."""
    try:
        with path.open("rb") as opened:
            reader = pypdf.PdfReader(opened)
            # What opens without a password, as many "protected" files do, opens for every reader.
            if reader.is_encrypted and not reader.decrypt(""):
                return FailureReason.ENCRYPTED
            return None if len(reader.pages) else FailureReason.DAMAGED
    except pypdf.errors.DependencyError:
        return None if was_read else FailureReason.ENCRYPTED


def cut(path: Path, first: int, last: int, target: Path) -> bool:
    """Write pages `first` to `last` of a PDF that opens into `target`; False if it has no such pages.

    Links and remarks on the pages go, as they may hold the rest of the document; the pages look and read as before.
    """
    with path.open("rb") as opened:
        reader = pypdf.PdfReader(opened)
        last = min(last, len(reader.pages))
        if not 1 <= first <= last:
            return False
        writer = pypdf.PdfWriter()
        for number in range(first, last + 1):
            writer.add_page(reader.pages[number - 1], excluded_keys=("/Annots", "/B", "/StructParents", "/AA"))
        with target.open("wb") as made:
            writer.write(made)
    return True
