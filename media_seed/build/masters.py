"""The library's masters: one YAML file for each work, and one for each of its texts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SEED = Path(__file__).resolve().parent.parent
WORKS, TEXTS, FILES, COVERS = SEED / "works", SEED / "texts", SEED / "files", SEED / "covers"
TYPES = ("fact-sheet", "video", "study-visit-report", "good-practice", "publication")


class MasterError(ValueError):
    """A master that cannot be read or lacks something; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is the same about a work in every language."""

    slug: str
    type: str
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    year: int
    pages_in: tuple[str, ...]
    pdfs_in: tuple[str, ...]
    motif: str
    palette: str


def load(path: Path) -> dict[str, Any]:
    """Return the mapping in a YAML file. Raises MasterError when the file is not one."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise MasterError(f"{path.name}: {error}") from error
    if not isinstance(loaded, dict):
        raise MasterError(f"{path.parent.name}/{path.name}: not a mapping")
    return loaded


def read_work(path: Path) -> Work:
    """Return the work that a YAML file describes."""
    data = load(path)
    try:
        cover = data["cover"]
        work = Work(
            slug=data["slug"],
            type=data["type"],
            countries=tuple(data["countries"]),
            themes=tuple(data["themes"]),
            year=int(data["year"]),
            pages_in=tuple(data["pages_in"]),
            pdfs_in=tuple(data["pdfs_in"] or ()),
            motif=cover["motif"],
            palette=cover["palette"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MasterError(f"works/{path.name}: {error!r}") from error
    if work.slug != path.stem or work.type not in TYPES:
        raise MasterError(f"works/{path.name}: slug or type does not fit")
    return work


def works() -> list[Work]:
    """Return all works, by slug."""
    return [read_work(path) for path in sorted(WORKS.glob("*.yaml"))]


def text_path(slug: str, language: str) -> Path:
    """Return where a work's text in a language is kept."""
    return TEXTS / slug / f"{language}.yaml"


def captions_paths(slug: str) -> dict[str, Path]:
    """Return the caption masters of a video by language."""
    return {path.name.split(".")[1]: path for path in sorted((TEXTS / slug).glob("captions.*.yaml"))}
