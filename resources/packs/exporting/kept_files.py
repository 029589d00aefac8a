"""Whether an edition's files are there and can be used; asked where that isn't known from what was read of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from django.utils.translation import gettext

from resources.extraction import ExtractedText, ExtractionFailure, FailureReason, Limits
from resources.extraction.reading import FileToRead, Reader
from resources.packs.content import FrozenFile, FrozenPassage
from resources.packs.exporting.types import FindFile


class Fault(StrEnum):
    """Why a file is left out."""

    MISSING = "missing"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    NO_TEXT = "no_text"


_FAULTS = {
    FailureReason.MISSING: Fault.MISSING,
    FailureReason.ENCRYPTED: Fault.ENCRYPTED,
    FailureReason.NO_TEXT: Fault.NO_TEXT,
    FailureReason.UNSUPPORTED_TYPE: Fault.NO_TEXT,
    FailureReason.NOT_UNICODE: Fault.NO_TEXT,
    FailureReason.TOO_LARGE: Fault.TOO_LARGE,
    FailureReason.TOOK_TOO_LONG: Fault.TOO_LARGE,
    FailureReason.TOO_MUCH_MEMORY: Fault.TOO_LARGE,
}


def sentence(fault: Fault, title: str) -> str:
    """Why the file called `title` is left out, in the language in force."""
    words = {
        Fault.MISSING: gettext("“%(title)s” is left out: the file is not kept any more."),
        Fault.ENCRYPTED: gettext("“%(title)s” is left out: the file is locked with a password."),
        Fault.DAMAGED: gettext("“%(title)s” is left out: the file is damaged."),
        Fault.TOO_LARGE: gettext("“%(title)s” is left out: the file is too large."),
        Fault.NO_TEXT: gettext(
            "“%(title)s” is left out: no text can be read from the file. It may hold pictures alone."
        ),
    }
    return words[fault] % {"title": title}


@dataclass(frozen=True, slots=True)
class Usable:
    """A file that is there, with what can be read of it."""

    path: Path
    passages: tuple[FrozenPassage, ...]


class KeptFiles:
    """Looks after the files of one export. A context manager: strangers' files are read in a child process, which it
    ends. `tell` is called before each that is read.
    """

    def __init__(self, find: FindFile, tell: Callable[[], None]) -> None:
        self._find = find
        self._tell = tell
        self._reader = Reader(Limits())
        self._read: dict[str, ExtractedText | Fault] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def path(self, file: FrozenFile) -> Path | Fault:
        """Where its bytes lie, or why they can't be used."""
        try:
            path = self._find(file.checksum)
            size = path.stat().st_size
        except (LookupError, FileNotFoundError):
            return Fault.MISSING
        return path if size and size == file.size else Fault.DAMAGED

    def passages(self, file: FrozenFile) -> tuple[FrozenPassage, ...] | Fault:
        """The text of its pages or cues: as the edition has it, else as it can be read now."""
        if any(passage.text.strip() for passage in file.passages):
            return file.passages
        path = self.path(file)
        if isinstance(path, Fault):
            return path
        read = self._reading(file, path)
        if isinstance(read, Fault):
            return read
        return tuple(FrozenPassage(each.text, each.page, each.start, each.end) for each in read.passages)

    def usable(self, file: FrozenFile) -> Usable | Fault:
        """The file itself to hand on. One without text (a scan, a video, a spreadsheet) is as good."""
        path = self.path(file)
        if isinstance(path, Fault):
            return path
        if file.passages or file.is_video:
            return Usable(path, file.passages)
        read = self._reading(file, path)
        if isinstance(read, Fault) and read is not Fault.NO_TEXT:
            return read
        return Usable(path, ())

    def _reading(self, file: FrozenFile, path: Path) -> ExtractedText | Fault:
        if file.checksum not in self._read:
            self._tell()
            outcome = self._reader.read(FileToRead(path, file.name))
            self._read[file.checksum] = (
                _FAULTS.get(outcome.reason, Fault.DAMAGED) if isinstance(outcome, ExtractionFailure) else outcome
            )
        return self._read[file.checksum]
