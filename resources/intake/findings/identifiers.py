"""ISBN and DOI: by their form, the ISBN by its check digit too (`python-stdnum`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import isbn

from resources.intake.findings.types import Finding, ReadFile
from resources.intake.findings.years import western_digits

FIRST_PAGES = 6
LAST_PAGES = 2
_ISBN = re.compile(r"(?:97[89][ \-‐‑–]?)?(?:\d[ \-‐‑–]?){9}[\dXx](?!\d)")
_NEAR = re.compile(r"isbn[^\n]{0,60}$|国际标准书号[^\n]{0,30}$", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|{}\\^`]+", re.IGNORECASE)
_HYPHENS = str.maketrans("‐‑–", "---")
LONGEST_DOI = 200


def isbns(file: ReadFile) -> list[Finding]:
    """Valid ISBNs, thirteen digits before ten, the one that an identifier says first."""
    found: dict[str, Finding] = {}
    for value, source in file.said("identifier"):
        for number in _ISBN.findall(value):
            _add(found, number, Finding("", source))
    for page, text in _imprint(file):
        for match in _ISBN.finditer(text):
            before = text[max(0, match.start() - 80) : match.start()]
            # Ten digits in a row may be a telephone number: only a word before them makes them an ISBN.
            if _NEAR.search(before) or match.group().startswith(("978", "979")):
                _add(found, match.group(), Finding("", "text", page, (match.group().strip(),)))
    return sorted(found.values(), key=lambda finding: sum(map(str.isdigit, finding.value)) < 13)


def dois(file: ReadFile) -> list[Finding]:
    found: dict[str, Finding] = {}
    for value, source in file.said("identifier"):
        for doi in _dois(value):
            found.setdefault(doi.lower(), Finding(doi, source))
    for page, text in _imprint(file):
        for doi in _dois(text):
            found.setdefault(doi.lower(), Finding(doi, "text", page, (doi,)))
    return list(found.values())


def _add(found: dict[str, Finding], written: str, why: Finding) -> None:
    number = written.translate(_HYPHENS).strip()
    if isbn.is_valid(number):
        shown = isbn.format(number)
        found.setdefault(isbn.to_isbn13(isbn.compact(number)), Finding(shown, why.source, why.page, why.words))


def _dois(text: str) -> Iterator[str]:
    for match in _DOI.findall(text):
        doi = match.rstrip(".,;:!?'”’»")
        while doi.endswith((")", "]")) and doi.count("(") + doi.count("[") < doi.count(")") + doi.count("]"):
            doi = doi[:-1].rstrip(".,;:")
        if len(doi) <= LONGEST_DOI:
            yield doi


def _imprint(file: ReadFile) -> Iterator[tuple[int, str]]:
    """The pages on which such numbers stand: the first and the last ones."""
    passages = file.text.passages
    chosen = [*passages[:FIRST_PAGES], *passages[max(FIRST_PAGES, len(passages) - LAST_PAGES) :]]
    for passage in chosen:
        yield passage.page or 1, western_digits(passage.text[:20_000])
