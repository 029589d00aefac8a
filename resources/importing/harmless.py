"""Cells of tables that are given out and read back, as no spreadsheet calculates them."""

from __future__ import annotations

from search.spreadsheets import neutralised, undone

__all__ = ["neutralised", "undone"]
