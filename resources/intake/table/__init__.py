"""The drafts of a batch as a table that is edited at once: values → cells of text → changes, merged cell by cell."""

from __future__ import annotations

from resources.intake.table.rows import Row, rows_of
from resources.intake.table.saving import Saved, save
from resources.intake.table.values import COLUMNS, Vocabulary

__all__ = ["COLUMNS", "Row", "Saved", "Vocabulary", "rows_of", "save"]
