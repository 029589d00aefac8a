"""Stems, where Snowball knows the language."""

from __future__ import annotations

from collections.abc import Callable

import snowballstemmer

from search.languages import LANGUAGES

# Malay is close enough to Indonesian for one stemmer. Latin words in texts of other scripts are mostly English.
_ALGORITHMS = {"en": "english", "id": "indonesian", "ms": "indonesian", "pt": "portuguese"}
_NON_LATIN = {language.code for language in LANGUAGES if language.script != "Latn"}


def stemmer(language: str) -> Callable[[str], str] | None:
    """Give the function that stems a folded Latin word of `language`, or None where there is none."""
    name = "english" if language in _NON_LATIN else _ALGORITHMS.get(language)
    return _STEMMERS[name].stemWord if name else None


_STEMMERS = {name: snowballstemmer.stemmer(name) for name in set(_ALGORITHMS.values())}
