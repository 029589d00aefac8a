"""A table of works → pages of the library: sheet (bytes → rows of text) → rows (checked) → apply (pages)."""

from __future__ import annotations

from resources.importing.columns import COLUMNS

__all__ = ["COLUMNS"]
