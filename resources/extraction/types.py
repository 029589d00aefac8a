"""What extraction says of a file. No Django, so that a child process starts fast."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FailureReason(StrEnum):
    """Why a file could not be read. The sentences that editors see stand in `reasons.py`."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"
    NOT_UNICODE = "not_unicode"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOOK_TOO_LONG = "took_too_long"
    TOO_MUCH_MEMORY = "too_much_memory"
    INTERRUPTED = "interrupted"
    UNSUPPORTED_TYPE = "unsupported_type"
    OLD_FORMAT = "old_format"
    DISGUISED = "disguised"
    EMPTY = "empty"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ExtractedPassage:
    """A page or slide (`page` counts from 1), a cue of captions (`start` and `end` in seconds) or another part of a
    file that has neither, with its text.
    """

    text: str
    page: int | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a file says of itself, as it stands there.

    `what` is `title`, `author` (one each), `date`, `language`, `publisher`, `description`, `subject`, `identifier` or
    `rights`; `source` says where: `properties` (the fields of the file's format), `xmp`, `largest` (the largest text of
    the first page).
    """

    what: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself, and by what it is known again in another language: the headings of its outline, and
    the sizes of its pictures in pixels, both from the beginning.
    """

    statements: tuple[Statement, ...] = ()
    outline: tuple[str, ...] = ()
    pictures: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """What a file holds. What its kind does not have is None or empty.

    `pages` counts all pages, also those without text, which have no passage. `duration` is in seconds. `language` is
    a tag that the file itself carries, as it stands there (`km`, `pt-BR`): many files carry a wrong one. `thumbnail`
    is a WebP image. `content_type` is told by the bytes; `checksum` is their SHA-256 in hexadecimal. `fonts` are the
    names of fonts of a PDF; `scanned` its pages that show a picture and have no text.
    """

    passages: tuple[ExtractedPassage, ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    pages: int | None = None
    duration: float | None = None
    thumbnail: bytes | None = None
    content_type: str = ""
    checksum: str = ""
    fonts: tuple[str, ...] = ()
    scanned: tuple[int, ...] = ()
    metadata: Metadata = Metadata()

    @property
    def characters(self) -> int:
        return sum(len(passage.text) for passage in self.passages)


@dataclass(frozen=True, slots=True)
class ExtractionFailure:
    """Why a file could not be read, and what is known of it all the same (a scanned PDF has pages and a thumbnail)."""

    reason: FailureReason
    known: ExtractedText = ExtractedText()


Outcome = ExtractedText | ExtractionFailure


class CannotExtract(Exception):
    """Raised by an extractor that cannot go on; `known` is what it had found by then."""

    def __init__(self, reason: FailureReason, known: ExtractedText | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.known = known or ExtractedText()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Bytes, pages and characters bound what is kept; seconds and megabytes what is spent."""

    seconds: float = 30.0
    memory_mb: int = 512
    bytes: int = 1024 * 1024 * 1024
    captions_bytes: int = 8 * 1024 * 1024
    pages: int = 3_000
    page_characters: int = 200_000
    characters: int = 5_000_000
    cues: int = 50_000
