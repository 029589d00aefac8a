"""The text of a PDF's page as paragraphs: lines that only the paper's edge ended are joined again."""

from __future__ import annotations

import re

from resources.packs.exporting.xml_text import clean

_FULL = 0.72
_ENDS_SENTENCE = re.compile(r"[.!?။។。!?][\"'”’)]?\Z")
_BEGINS_ITEM = re.compile(r"(?:[•◦▪‣·*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s", re.IGNORECASE)


def running(text: str) -> list[str]:
    """The paragraphs of a page. A line much shorter than the page's full ones ends its paragraph."""
    found: list[str] = []
    lines = [" ".join(line.split()) for line in clean(text).split("\n")]
    full = _FULL * max((len(line) for line in lines), default=0)
    runs_on = False
    for line in lines:
        if line and runs_on and not _begins_paragraph(found[-1], line, full):
            found[-1] += f" {line}"
        elif line:
            found.append(line)
        # A table's cell or a heading is short, whatever the page holds.
        runs_on = len(line) >= max(full, 30)
    return found


def _begins_paragraph(before: str, line: str, full: float) -> bool:
    """Whether it does although the line before was full: an item of a list, or a heading after a sentence's end."""
    if _BEGINS_ITEM.match(line):
        return True
    return len(line) < full and bool(_ENDS_SENTENCE.search(before)) and not _ENDS_SENTENCE.search(line)
