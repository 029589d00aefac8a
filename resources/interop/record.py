"""What is known of a work as a bibliographic record, whatever format it is then written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Record:
    """A work, or a part of one, as it is cited.

    `identifier` is the work's key, the same in all languages. `type` is a resource's type slug (`fact-sheet`, `video`,
    `study-visit-report`, `good-practice`, `publication`). `authors` are names as the work gives them. `licence` is a
    value of `Licence`, "" when unknown. `url` is the absolute address here, `permanent` the one that
    stays when the page is moved, `source_url` that of the original. `part`
    says which part is meant, in words ("pages 3–7", "02:10–04:35"), "" for the whole. `accessed` is the day on which
    it was read here.
    """

    identifier: str
    type: str
    language: str
    title: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    year: int | None = None
    licence: str = ""
    url: str = ""
    permanent: str = ""
    source_url: str = ""
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    part: str = ""
    accessed: date | None = None
