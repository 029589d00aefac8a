"""Which extractor reads which kind of content."""

from __future__ import annotations

import hashlib
import importlib
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from resources.extraction import sniff
from resources.extraction.types import CannotExtract, ExtractedText, ExtractionFailure, FailureReason, Limits, Outcome


class Extractor(Protocol):
    """A module that reads files of some content types.

    In: a path, the content type its bytes have, limits. Out: what it holds; `content_type` and `checksum` are filled
    in later. Raises CannotExtract, with what is known by then. It may crash or hang: it runs in a child process.
    """

    CONTENT_TYPES: tuple[str, ...]

    def extract(self, path: Path, kind: str, limits: Limits) -> ExtractedText: ...


# Named, not imported: a child that reads captions need not load a PDF library.
_MODULES: dict[str, str] = {
    sniff.PDF: "resources.extraction.pdf",
    sniff.DOCX: "resources.extraction.office",
    sniff.PPTX: "resources.extraction.office",
    sniff.XLSX: "resources.extraction.office",
    sniff.EPUB: "resources.extraction.web",
    sniff.HTML: "resources.extraction.web",
    sniff.VTT: "resources.extraction.captions",
    sniff.SRT: "resources.extraction.captions",
    sniff.MP4: "resources.extraction.video",
    sniff.WEBM: "resources.extraction.video",
}

CONTENT_TYPES: tuple[str, ...] = tuple(_MODULES)


def extractor_for(kind: str) -> Extractor | None:
    """Return what reads content of this kind, or None."""
    name = _MODULES.get(kind)
    if name is None:
        return None
    module: Extractor = importlib.import_module(name)
    return module


def identify(path: Path) -> ExtractedText:
    """Return a file's content type and checksum, without opening what is in it. Raises OSError."""
    with path.open("rb") as file:
        return ExtractedText(content_type=sniff.sniff(file), checksum=hashlib.file_digest(file, "sha256").hexdigest())


def read_file(path: Path, name: str, limits: Limits) -> Outcome:
    """Read one file, in this process. `name` is what it was called when it was uploaded. Raises what a library may
    raise.
    """
    if path.stat().st_size == 0:
        return ExtractionFailure(FailureReason.EMPTY)
    identity = identify(path)
    kind = identity.content_type
    extractor = extractor_for(kind)
    claimed = sniff.EXTENSIONS.get(name.rpartition(".")[2].lower())
    if extractor is None or (kind == sniff.HTML and claimed not in (None, kind)):
        return ExtractionFailure(why_unread(kind, claimed), identity)
    try:
        return replace(extractor.extract(path, kind, limits), content_type=kind, checksum=identity.checksum)
    except CannotExtract as problem:
        return ExtractionFailure(problem.reason, replace(problem.known, content_type=kind, checksum=identity.checksum))


def why_unread(kind: str, claimed: str | None) -> FailureReason:
    """Why a file of a kind that nothing reads can't be read, which by its name claims to be of another, or of none."""
    if kind == sniff.LOCKED_OFFICE:
        return FailureReason.ENCRYPTED
    if kind == sniff.OLD_OFFICE:
        return FailureReason.OLD_FORMAT
    return FailureReason.DISGUISED if claimed not in (None, kind) else FailureReason.UNSUPPORTED_TYPE


def picture_of(path: Path, kind: str) -> bytes | None:
    """Return a WebP image of the file's first page, or None when its kind has none. Raises what a library may raise."""
    if kind != sniff.PDF:
        return None
    from resources.extraction.thumbnails import first_page

    return first_page(path)
