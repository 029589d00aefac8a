"""What is kept of a text that was searched for: no address, no number of a person."""

from __future__ import annotations

import re
from unicodedata import category, combining, normalize

from search.analysis import fold, readable
from search.statistics.models import LONGEST_TEXT, OTHERS

_ADDRESS = re.compile(
    r"@|://|\bwww\.|[\[({<]\s*at\s*[\])}>]|\b(?:gmail|hotmail|icloud|outlook|proton|protonmail|yahoo|ymail)\."
)
_NUMBER = re.compile(r"\d(?:[\W_]*\d){5,}")
"""Six digits or more with no letter between them: telephones, passports, identity cards, accounts, birthdays."""
_ERAS = (range(1900, 2101), range(2443, 2644))
"""Years as most count them, and as Thailand, Laos and Cambodia do."""
_VIRAMA = 9
"""The combining class of what hangs the next letter below, as the Khmer coeng does."""


def countable(text: str) -> str | None:
    """The text as it is counted: as typed but for case, white space and what looks the same; its first 100 characters.

    `OTHERS` for one that may hold something personal; None for one that says nothing.
    """
    said = " ".join(normalize("NFC", readable(text).casefold()).split())
    if not said:
        return None
    return OTHERS if is_personal(said) else _beginning(said)


def is_personal(text: str) -> bool:
    """Whether there is something in `text` that looks like an address or a number by which a person is known."""
    folded = fold(text)
    return bool(_ADDRESS.search(folded)) or any(not _are_years(run) for run in _NUMBER.findall(folded))


def _are_years(run: str) -> bool:
    """'2019, 2020-2021' and '19 2021' as in 'covid-19 2021' are no numbers of persons."""
    numbers = re.findall(r"\d+", run)
    if len(numbers) == 2 and any(len(number) <= 2 for number in numbers):
        numbers = [number for number in numbers if len(number) > 2]
    years = [int(number) for number in numbers if len(number) == 4]
    return len(years) == len(numbers) and years == sorted(years) and any(_all_in(era, years) for era in _ERAS)


def _all_in(era: range, years: list[int]) -> bool:
    return all(year in era for year in years)


def _beginning(text: str) -> str:
    """As much as is kept, with no letter cut from its marks."""
    if len(text) <= LONGEST_TEXT:
        return text
    end = LONGEST_TEXT
    while end and (category(text[end]).startswith("M") or combining(text[end - 1]) == _VIRAMA):
        end -= 1
    return text[: end or LONGEST_TEXT].rstrip()
