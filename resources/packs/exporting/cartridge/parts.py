"""What a cartridge is made of, before it is written: entries of its contents, resources, and the bytes of files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

WEB = "webcontent"
# Learning systems keep names of activities in columns of 255 characters.
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Resource:
    """`href` names the file that opens it, "" for a type that may not; `needs` are other resources that it shows."""

    identifier: str
    type: str
    files: tuple[str, ...]
    href: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a heading with entries, or a resource."""

    identifier: str
    title: str
    resource: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(slots=True)
class Parts:
    """Collects what will be written; `files` are by their names in the cartridge."""

    resources: list[Resource] = field(default_factory=list)
    files: dict[str, bytes | Path] = field(default_factory=dict)

    def add(self, resource: Resource, data: bytes | Path) -> Resource:
        """A resource of one file."""
        self.resources.append(resource)
        self.files[resource.files[0]] = data
        return resource

    def __iter__(self) -> Iterator[tuple[str, bytes | Path]]:
        return iter(self.files.items())


def short(title: str, room: int = LONGEST_TITLE) -> str:
    """A title that fits a learning system."""
    return title if len(title) <= room else title[: room - 1].rstrip() + "…"
