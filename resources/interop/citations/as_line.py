"""A citation in one plain line, made at once: what a page shows before a style is asked for."""

from __future__ import annotations

from resources.interop.citations.cleaning import one_line
from resources.interop.citations.facts import address_of, title_of
from resources.interop.record import Record


def line(record: Record) -> str:
    """In the manner of author and date: 'A. Author & B. Author (2023). Title. Publisher. https://…'.

    What isn't known is left out; without authors the publisher stands first, without either the title.
    """
    title, publisher = title_of(record), one_line(record.publisher)
    who = " & ".join(name for name in map(one_line, record.authors) if name)
    parts = [who or publisher or title]
    if record.year:
        parts[0] += f" ({record.year})"
    if who or publisher:
        parts.append(title)
    if who and publisher:
        parts.append(publisher)
    said = " ".join(part if part.endswith(("?", "!")) else f"{part.rstrip('.')}." for part in parts)
    return f"{said} {address_of(record)}".rstrip()
