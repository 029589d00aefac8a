"""When a work came out: years on its cover and in its imprint, in any digits and either calendar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from resources.intake.findings.file_name import year_in
from resources.intake.findings.types import Finding, ReadFile
from resources.years import EARLIEST, meant_by_buddhist

IMPRINT_PAGES = 4
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright|สงวนลิขสิทธิ์|版权所有|hak cipta|bản quyền)\D{0,60}?(\d{4})(?!\d)", re.IGNORECASE
)
_BUDDHIST = frozenset({"th", "lo", "km", "my"})
_DATE = re.compile(r"(?:D:)?(\d{4})")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")


def years(file: ReadFile, today: date | None = None) -> list[Finding]:
    """All candidates, the best first: the imprint, the cover, the name, and last the day the file was made."""
    latest = (today or date.today()).year + 1
    unique: dict[str, Finding] = {}
    for finding in _candidates(file, latest):
        unique.setdefault(finding.value, finding)
    return list(unique.values())


def western_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), text)


def _candidates(file: ReadFile, latest: int) -> Iterator[Finding]:
    for page in range(1, IMPRINT_PAGES + 1):
        for match in _COPYRIGHT.finditer(western_digits(file.page(page)[:20_000])):
            if year := _meant(match.group(1), file.language, latest):
                yield Finding(str(year), "text", page, (" ".join(match.group(0).split())[-40:],))
    cover = [
        (year, match.group(1))
        for match in _YEAR.finditer(western_digits(file.page(1)[:1_500]))
        if (year := _meant(match.group(1), file.language, latest))
    ]
    for year, written in sorted(cover, reverse=True):
        yield Finding(str(year), "text", 1, (written,))
    named = year_in(file.name)
    if named and EARLIEST <= named <= latest:
        yield Finding(str(named), "name")
    for value, source in file.said("date"):
        made = _DATE.match(value)
        if made and EARLIEST <= int(made.group(1)) <= latest:
            yield Finding(made.group(1), source)


def _meant(written: str, language: str, latest: int) -> int | None:
    year = int(written)
    if language in _BUDDHIST and (meant := meant_by_buddhist(year)) and meant <= latest and meant > latest - 80:
        return meant
    return year if 1950 <= year <= latest else None
