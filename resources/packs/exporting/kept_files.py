"""Whether an edition's files are there and can be used; asked where that isn't known from what was read of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from resources.extraction import ExtractedText, ExtractionFailure, FailureReason, Limits
from resources.extraction.reading import FileToRead, Reader
from resources.packs.content import FrozenFile, FrozenPassage
from resources.packs.exporting.left_out import WITHOUT_TEXT
from resources.packs.exporting.types import FindFile


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
        self._read: dict[str, ExtractedText | FailureReason] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def path(self, file: FrozenFile) -> Path | FailureReason:
        """Where its bytes lie, or why they can't be used."""
        try:
            path = self._find(file.checksum)
            size = path.stat().st_size
        except (LookupError, FileNotFoundError):
            return FailureReason.MISSING
        return path if size and size == file.size else FailureReason.DAMAGED

    def passages(self, file: FrozenFile) -> tuple[FrozenPassage, ...] | FailureReason:
        """The text of its pages or cues: as the edition has it, else as it can be read now."""
        if any(passage.text.strip() for passage in file.passages):
            return file.passages
        path = self.path(file)
        if isinstance(path, FailureReason):
            return path
        read = self._reading(file, path)
        if isinstance(read, FailureReason):
            return read
        return tuple(FrozenPassage(each.text, each.page, each.start, each.end) for each in read.passages)

    def usable(self, file: FrozenFile) -> Usable | FailureReason:
        """The file itself to hand on. One without text (a scan, a video, a spreadsheet) is as good."""
        path = self.path(file)
        if isinstance(path, FailureReason):
            return path
        if file.passages or file.is_video:
            return Usable(path, file.passages)
        read = self._reading(file, path)
        if isinstance(read, FailureReason) and read not in WITHOUT_TEXT:
            return read
        return Usable(path, ())

    def _reading(self, file: FrozenFile, path: Path) -> ExtractedText | FailureReason:
        if file.checksum not in self._read:
            self._tell()
            outcome = self._reader.read(FileToRead(path, file.name))
            self._read[file.checksum] = outcome.reason if isinstance(outcome, ExtractionFailure) else outcome
        return self._read[file.checksum]
