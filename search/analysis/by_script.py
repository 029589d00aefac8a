"""A text as the languages whose fields hold it: a query asks the fields of its own script's language, so the Thai name
of a fund in an English text has to stand among the Thai terms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from search.analysis.scripts import LANGUAGE_OF_SCRIPT, UNSPACED, UNSPACED_CLASS, UNSPACED_CLASSES

_PARTED = " | "
"""Stands between runs, so that no phrase goes across what parted them."""


class _Others:
    """The scripts without spaces that are not that of a language: `letter` finds any, `runs` those of each."""

    def __init__(self, own: str) -> None:
        others = {script: letters for script, letters in UNSPACED_CLASSES.items() if LANGUAGE_OF_SCRIPT[script] != own}
        self.letter = re.compile(f"[{''.join(others.values())}]")
        self.runs = {LANGUAGE_OF_SCRIPT[script]: _run(letters) for script, letters in others.items()}


def _run(letters: str) -> re.Pattern[str]:
    """Letters of one script with the signs, spaces and numbers between them, and those behind them on the same
    line: "มาตรา 33".

    No two parts of it begin alike, so nothing is tried twice. Possessive quantifiers would say so, but Python before
    3.11.3 matches too much with them.
    """
    between = f"(?:(?![{UNSPACED_CLASS}])[\\W\\d_])"
    return re.compile(f"[{letters}]+(?:{between}+[{letters}]+)*(?:(?!\n){between})*")


_OTHERS = {language: _Others(language) for language in LANGUAGE_OF_SCRIPT.values()}
_ALL = _Others("")


def by_script(readable_text: str, language: str) -> Mapping[str, str]:
    """Give what stands in a readable text by the language whose words it is looked up as.

    That is all of it for `language`, and runs of other scripts without spaces, with signs and numbers behind them, for
    the language of their script. Linear.
    """
    if readable_text.isascii() or not UNSPACED.search(readable_text):
        return {language: readable_text}
    others = _OTHERS.get(language, _ALL)
    found = {language: readable_text}
    if others.letter.search(readable_text):
        for other, run in others.runs.items():
            runs = run.findall(readable_text)
            if runs:
                found[other] = _PARTED.join(runs)
    return found
