"""Findings and what they are made from. No Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resources.extraction import ExtractedText

FIELDS = (
    "title",
    "type",
    "language",
    "year",
    "authors",
    "publisher",
    "summary",
    "licence",
    "isbn",
    "doi",
    "countries",
    "themes",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A value for a field, and why: `source` is `properties`, `xmp`, `largest`, `text`, `outline`, `name` or `content`;
    `page` counts from 1; `words` are those found, `times` how often.
    """

    value: str
    source: str
    page: int | None = None
    words: tuple[str, ...] = ()
    times: int = 0


Findings = Mapping[str, Sequence[Finding]]
"""Candidates by field, the best first. Of authors, countries and themes all that hold together stand first; see
`chosen` in `resources.intake.drafting`.
"""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A dropped file as it was read. `name` is what it was called, `language` the one found in its text, "" for
    none.
    """

    name: str
    text: ExtractedText
    language: str

    def page(self, number: int) -> str:
        """The text of a page; "" where there is none."""
        return next((passage.text for passage in self.text.passages if (passage.page or 1) == number), "")

    def said(self, what: str) -> list[tuple[str, str]]:
        """(value, source) of all that the file says of itself under this name."""
        return [(item.value, item.source) for item in self.text.metadata.statements if item.what == what]


def to_json(findings: Findings) -> dict[str, list[dict[str, Any]]]:
    return {
        field: [
            {
                "value": item.value,
                "source": item.source,
                **({"page": item.page} if item.page is not None else {}),
                **({"words": list(item.words)} if item.words else {}),
                **({"times": item.times} if item.times else {}),
            }
            for item in found
        ]
        for field, found in findings.items()
        if found
    }


def from_json(value: Mapping[str, Any]) -> dict[str, list[Finding]]:
    """The findings that a row holds; what is not about a field is passed over."""
    return {
        field: [
            Finding(
                str(item["value"]),
                item["source"],
                item.get("page"),
                tuple(item.get("words", ())),
                item.get("times", 0),
            )
            for item in value.get(field, ())
        ]
        for field in FIELDS
    }
