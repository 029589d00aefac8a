"""What every export is told, and what it is made from. Knows no model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from resources.packs.content import PackContent


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """`language` is that of the reader: of the words between the texts, and of the versions chosen where the maker
    left that open. The others are for print.
    """

    language: str
    paper: Paper = Paper.A4
    two_on_a_sheet: bool = False
    black_and_white: bool = False


FindFile = Callable[[str], Path]
"""Where the bytes of a checksum lie. Raises `LookupError` when they are not kept (any more)."""

Progress = Callable[[float], None]
"""Told now and then which share of the work is done, from 0 to 1. What it raises ends the export."""


class Exporter(Protocol):
    """Writes an edition into the file `target`, whose folder exists.

    A file that is damaged, encrypted, too large or missing is left out with words that say why, in its place. Raises
    nothing for any content; what it raises is a fault of the machine (`OSError`) or of the program.
    """

    def __call__(
        self, content: PackContent, options: ExportOptions, find: FindFile, target: Path, progress: Progress
    ) -> None: ...
