"""The summary of a row that has none."""

from __future__ import annotations

from icu4py.breakers import WordBreaker

from resources.importing import markdown
from resources.importing.rows import ImportRow

LENGTH = 280


def summary_of(row: ImportRow) -> str:
    """The row's summary; where it has none the beginning of its body, cut between words; else its title."""
    return row.summary or beginning(markdown.to_text(row.body[:5000])) or row.title


def beginning(text: str, length: int = LENGTH) -> str:
    """At most `length` characters of `text` on one line, with an ellipsis if there is more. Words are ICU's in any
    script.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    kept = ""
    for word in WordBreaker(line[: length + 200], "en"):
        if len(kept) + len(word) >= length:
            break
        kept += word
    return (kept or line[: length - 1]).rstrip() + "…"
