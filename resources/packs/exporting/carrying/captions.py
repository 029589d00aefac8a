"""Captions of a film as WebVTT (https://www.w3.org/TR/webvtt1/) made from their cues, so that no byte of a file that
someone sent is passed on.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from resources.packs.content import FrozenFile, FrozenPassage, PackItem

_LONGEST_FILM = 1_000_000.0
_EMPTY_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Captions:
    """All cues of a film's captions in a language, and as `vtt` the file."""

    language: str
    cues: tuple[FrozenPassage, ...]
    vtt: bytes

    @property
    def data_url(self) -> str:
        """The file as an address: a page that was opened from a disk may not read captions from another file."""
        return f"data:text/vtt;charset=utf-8;base64,{base64.b64encode(self.vtt).decode('ascii')}"


def captions_of(item: PackItem) -> tuple[Captions, ...]:
    """The captions of a film, one a language; those without any cue are left out."""
    found: dict[str, Captions] = {}
    for file in item.captions:
        cues = tuple(cues_of(file))
        if cues and file.language not in found:
            found[file.language] = Captions(file.language, cues, vtt(cues))
    return tuple(found.values())


def cues_of(file: FrozenFile) -> Iterable[FrozenPassage]:
    """The cues that have a text and times that make sense."""
    return (cue for cue in file.passages if cue.text.strip() and _makes_sense(cue.start, cue.end))


def vtt(cues: Iterable[FrozenPassage]) -> bytes:
    lines = ["WEBVTT", ""]
    for cue in cues:
        text = escape(_EMPTY_LINES.sub("\n", cue.text.strip()), quote=False)
        lines += [f"{_stamp(cue.start or 0)} --> {_stamp(cue.end or 0)}", text, ""]
    return "\n".join(lines).encode("utf-8", "replace")


def _makes_sense(start: float | None, end: float | None) -> bool:
    if start is None or end is None or not (math.isfinite(start) and math.isfinite(end)):
        return False
    return 0 <= start < end < _LONGEST_FILM


def _stamp(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
