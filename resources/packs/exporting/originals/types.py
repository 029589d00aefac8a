"""What is asked of an original, and what comes back. No Django, so that a child process starts fast."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from resources.extraction.types import FailureReason


@dataclass(frozen=True, slots=True)
class OriginalLimits:
    """What one document may cost. `bytes` bounds the file, and what is written of it; `objects` those that its
    cross-references name; `content_bytes` the drawing instructions of the chosen pages, unpacked; `drawings` how often
    forms are drawn in one page, forms within forms counted; `pixels` those of one picture.
    """

    seconds: float = 15.0
    memory_mb: int = 512
    bytes: int = 200 * 1024 * 1024
    pages: int = 400
    objects: int = 500_000
    content_bytes: int = 48 * 1024 * 1024
    drawings: int = 50_000
    pixels: int = 150_000_000
    links: int = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pages `first` to `last` of the PDF at `path`, counted from 1; None for all that there are."""

    path: Path
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class OriginalLink:
    """A link to an address; `box` is (left, bottom, right, top) in points on the upright page."""

    box: tuple[float, float, float, float]
    url: str


@dataclass(frozen=True, slots=True)
class OriginalPage:
    """The size of an upright page in points, and its links."""

    width: float
    height: float
    links: tuple[OriginalLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Original:
    """The pages wanted. In the PDF at `path` each page has one form, /O, which draws it from (0, 0) up and right;
    `first` is the number of the first in the original.
    """

    path: Path
    first: int
    pages: tuple[OriginalPage, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why none of a document's pages can be had."""

    reason: FailureReason


class CannotPrint(Exception):
    """Raised for a document that cannot be drawn."""

    def __init__(self, reason: FailureReason) -> None:
        super().__init__(str(reason))
        self.reason = reason
