"""Cells that a spreadsheet would take for a formula: neutralised in what the portal writes, and read back as they were.

OWASP, CSV injection: a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return. An apostrophe before it
makes it text. One that begins with apostrophes before such a sign gets one more, so that nothing is lost on the way.
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NEUTRALISED = re.compile("'+[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def neutralised(text: str) -> str:
    """`text` as no spreadsheet calculates it."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def undone(cell: str) -> str:
    """What `neutralised` was given."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell
