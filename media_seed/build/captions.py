"""Captions of the films: YAML cues in, WebVTT out (W3C WebVTT)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from media_seed.build.masters import MasterError


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from `start` to `end` (seconds), and the scene that is shown meanwhile."""

    start: float
    end: float
    text: str
    scene: str


def read_cues(path: Path) -> list[Cue]:
    """Return the cues of a caption file in order.

    Raises MasterError when times run backwards or a cue lacks something.
    """
    try:
        rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        cues = [
            Cue(float(row["start"]), float(row["end"]), " ".join(str(row["text"]).split()), str(row.get("scene") or ""))
            for row in rows
        ]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise MasterError(f"{path.parent.name}/{path.name}: {error!r}") from error
    at = 0.0
    for cue in cues:
        if cue.start < at or cue.end <= cue.start or not cue.text:
            raise MasterError(f"{path.parent.name}/{path.name}: the cue at {cue.start} s is out of order or empty")
        at = cue.end
    return cues


def to_vtt(cues: list[Cue], language: str) -> str:
    """Return the cues as a WebVTT file."""
    blocks = [
        f"{number}\n{_time(cue.start)} --> {_time(cue.end)}\n{cue.text}\n" for number, cue in enumerate(cues, start=1)
    ]
    return f"WEBVTT\nKind: captions\nLanguage: {language}\n\n" + "\n".join(blocks)


def _time(seconds: float) -> str:
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
