"""Cells of tables that people download and open in a spreadsheet: text stays text, whoever wrote it."""

from __future__ import annotations

import re
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What begins a formula in some spreadsheet, in full width too; and what one takes off before it looks.
_FORMULA = re.compile(r"[\s\x00-\x20\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
# No workbook may hold them: the library that writes it refuses the whole table.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(value: Any) -> Any:
    """The value of a cell; a text that a spreadsheet could take for a formula stands behind an apostrophe, by which it
    is a text. Numbers and dates stay as they are.
    """
    if not isinstance(value, str):
        return value
    text = _CONTROLS.sub("", value)
    return f"'{text}" if _FORMULA.match(text) else text


def guard_exports() -> None:
    """From here on every list and report that the admin exports, Wagtail's own included, has harmless cells."""
    plain = SpreadsheetExportMixin.preprocess_field_value
    if getattr(plain, "is_guarded", False):
        return

    def preprocess_field_value(self: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
        return harmless(plain(self, field, value, export_format))

    preprocess_field_value.is_guarded = True  # type: ignore[attr-defined]
    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
