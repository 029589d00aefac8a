"""The formats in which citations are handed out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from django.utils.translation import override

from resources.interop.citations.as_bibtex import bibtex
from resources.interop.citations.as_csl_json import csl_json
from resources.interop.citations.as_ris import ris
from resources.interop.citations.as_text import formatted
from resources.interop.record import Record


class CitationFormat(StrEnum):
    """Its value stands in addresses. One that is a style gives plain text."""

    RIS = "ris"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    APA = "apa"
    CHICAGO = "chicago"
    HARVARD = "harvard"

    @property
    def label(self) -> str:
        """Its proper name, the same in all languages."""
        return {"ris": "RIS", "bibtex": "BibTeX", "csl-json": "CSL-JSON", "apa": "APA"}.get(self, self.value.title())

    @property
    def is_style(self) -> bool:
        return self in {CitationFormat.APA, CitationFormat.CHICAGO, CitationFormat.HARVARD}

    @property
    def media_type(self) -> str:
        return {
            "ris": "application/x-research-info-systems",
            "bibtex": "application/x-bibtex",
            "csl-json": "application/vnd.citationstyles.csl+json",
        }.get(self, "text/plain")

    @property
    def ending(self) -> str:
        """How the name of a file of it ends, with what keeps two styles apart."""
        return {"ris": ".ris", "bibtex": ".bib", "csl-json": ".json"}.get(self, f"-{self.value}.txt")


def written(records: Sequence[Record], form: CitationFormat, language: str) -> str:
    """The records in a format, words in `language`; a record that stands twice is written once.

    A style gives one citation a paragraph, in the order of a list of references; the others keep the records' order.
    """
    once = list(dict.fromkeys(records))
    if form.is_style:
        texts = sorted((citation.text for citation in formatted(once, form.value, language)), key=_place)
        return "".join(f"{text}\n\n" for text in texts).rstrip("\n") + "\n"
    with override(language):
        match form:
            case CitationFormat.RIS:
                return ris(once)
            case CitationFormat.BIBTEX:
                return bibtex(once)
            case _:
                return csl_json(once)


def _place(text: str) -> str:
    """Marks before the first letter or digit count for nothing in a list of references."""
    return next((text[at:] for at, char in enumerate(text) if char.isalnum()), text).casefold()
