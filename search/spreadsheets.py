"""Cells of tables that people download and open in a spreadsheet: text stays text, whoever wrote it."""

from __future__ import annotations

import re
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What begins a formula in some spreadsheet, in full width too; and what one takes off before it looks. OWASP, CSV
# injection.
_FORMULA = "(?:[\\s\\x00-\\x20\\u200b\\ufeff]*[=+\\-@＝＋－＠]|[\\t\\r\\n])"
_DANGEROUS = re.compile(f"'*{_FORMULA}")
_NEUTRALISED = re.compile(f"'+{_FORMULA}")
# No workbook may hold them: the library that writes it refuses the whole table.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def neutralised(text: str) -> str:
    """`text` as no spreadsheet calculates it: behind an apostrophe, by which it is a text. One that begins with
    apostrophes before such a sign gets one more, so that `undone` gives back what was there.
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def undone(cell: str) -> str:
    """What `neutralised` was given."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell


def harmless(value: Any) -> Any:
    """The value of a cell; a text is neutralised, and without what no workbook takes. Numbers and dates stay as they
    are.
    """
    return neutralised(_CONTROLS.sub("", value)) if isinstance(value, str) else value


def guard_exports() -> None:
    """From here on every list and report that the admin exports, Wagtail's own included, has harmless cells."""
    plain = SpreadsheetExportMixin.preprocess_field_value
    if getattr(plain, "is_guarded", False):
        return

    def preprocess_field_value(self: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
        return harmless(plain(self, field, value, export_format))

    preprocess_field_value.is_guarded = True  # type: ignore[attr-defined]
    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
