"""What an import did: for the one who ran it, and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from resources.importing.errors import RowError


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`unchanged` rows were in the library as they stand. `files` counts new ones, `unread` those that couldn't be
    read.

    In a dry run `created` and `updated` are what would have been.
    """

    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unpublished: int = 0
    files: int = 0
    unread: int = 0
    published: bool = False
    dry_run: bool = False
    errors: tuple[RowError, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def complete(self) -> bool:
        """Whether every row is in the library now, or would be."""
        return not self.errors

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "errors": [asdict(error) for error in self.errors], "warnings": list(self.warnings)}

    def lines(self) -> list[str]:
        """The report in sentences, one a line."""
        kept_out = len({error.line for error in self.errors})
        would = "would be " if self.dry_run else ""
        state = "published" if self.published else "as drafts"
        counts = (
            f"{self.created} {would}new, {self.updated} {would}updated, {self.unchanged} unchanged, {kept_out} left out"
        )
        told = [f"Warning: {warning}" for warning in self.warnings]
        told += [f"{str(error)[:1].upper()}{str(error)[1:]}" for error in sorted(self.errors)]
        if self.unpublished:
            told.append(f"{self.unpublished} {would}unpublished: their source has deleted them.")
        told.append(f"{self.rows} rows: {counts} ({state}).")
        if self.files:
            told.append(
                f"{self.files} new files" + (f", {self.unread} of which could not be read." if self.unread else ".")
            )
        return told
