"""Stems, where Snowball knows the language."""

from __future__ import annotations

import re
from threading import Lock

import snowballstemmer

from search.analysis.normalise import strip_accents

# Malay is close enough to Indonesian for one stemmer.
_ALGORITHMS = {"en": "english", "id": "indonesian", "ms": "indonesian", "pt": "portuguese"}
_STEMMERS = {name: snowballstemmer.stemmer(name) for name in sorted(set(_ALGORITHMS.values()))}

_ONE_AT_A_TIME = Lock()

_ENGLISH_POSSESSIVE = re.compile(r"'s?\Z")

# Endings that Portuguese writes with an accent, as a phone types them, and plurals that Snowball leaves apart.
_TABLE = """
    coes=ção ções=ção cao=ção oes=ão ões=ão aes=ão ães=ão ao=ão encia=ência encias=ências ancia=ância ancias=âncias
    avel=ável aveis=áveis ivel=ível iveis=íveis orio=ório orios=órios ario=ário arios=ários
"""
_ENDINGS = dict(pair.split("=") for pair in _TABLE.split())
_LONGEST_ENDING = max(map(len, _ENDINGS))


def stem(folded: str, language: str) -> str:
    """Give the stem of a folded word of Latin letters, or the word where the language has no stemmer.

    Portuguese stems have no diacritics, and come out alike whether the word was typed with them or without.
    """
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None:
        return folded
    if language == "en":
        folded = _ENGLISH_POSSESSIVE.sub("", folded) or folded
    elif language == "pt":
        return strip_accents(_snowball(_with_accents(folded), algorithm))
    return _snowball(folded, algorithm)


def _snowball(word: str, algorithm: str) -> str:
    # A Snowball stemmer keeps the word it works on: two threads must not share it at once.
    with _ONE_AT_A_TIME:
        return str(_STEMMERS[algorithm].stemWord(word))


def _with_accents(word: str) -> str:
    for length in range(min(_LONGEST_ENDING, len(word) - 2), 1, -1):
        ending = _ENDINGS.get(word[-length:])
        if ending is not None:
            return word[:-length] + ending
    return word
