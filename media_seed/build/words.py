"""The fixed words of the demonstration files, and the names of countries, in a given language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml
from babel import Locale

WORDS = Path(__file__).with_name("words.yaml")
LANGUAGES = ("en", "id", "ms", "th", "vi", "km", "lo", "my", "fil", "zh-hans", "pt")
LOCALES = {"zh-hans": "zh_Hans", "pt": "pt_PT"}
UNITED_NATIONS_NAMES = {"VN": "Viet Nam", "LA": "Lao PDR", "BN": "Brunei Darussalam", "MM": "Myanmar"}
IN_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]")


@cache
def _all() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return loaded


def words(language: str) -> dict[str, str]:
    """Return the fixed words in `language`; KeyError when it is not one of the eleven."""
    return _all()[language]


def country_name(code: str, language: str) -> str:
    """Return a country's name from CLDR without a bracketed second name; in English the United Nations' short name."""
    if language == "en" and code in UNITED_NATIONS_NAMES:
        return UNITED_NATIONS_NAMES[code]
    name = Locale.parse(LOCALES.get(language, language)).territories[code]
    return IN_BRACKETS.sub("", str(name))
