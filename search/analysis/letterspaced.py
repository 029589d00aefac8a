"""Text that came out of a PDF with a space after every letter: "s o c i a l   p r o t e c t i o n"."""

from __future__ import annotations

import re

_MARKS = (
    "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u1032\u1036-\u103e\u17b4-\u17d3\u17dd"
)
_LETTER = rf"(?:[^\W\d_]|[{_MARKS}])(?:[\u1039\u17d2]\w|[\u1000-\u1021]\u1037?\u103a|[{_MARKS}])*+"
_SPACE = "[ \u00a0\u2000-\u200a\u202f]"
_SPACED = re.compile(rf"(?<!\S){_LETTER}(?:{_SPACE}{{1,4}}{_LETTER}){{5,}}(?!\S)")
_SPACES = re.compile(f"{_SPACE}+")
_NEW_WORD = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")


def spaced_runs(text: str) -> int:
    """Return how often letters of `text` stand apart, six of them or more in a row."""
    return sum(1 for _ in _SPACED.finditer(text))


def close_up(text: str) -> str:
    """Give `text` with letters that stand apart closed up to words: six of them or more in a row.

    Words are told by wider spaces, or by a capital after a small letter; where neither tells them they become one.
    Doing it twice changes nothing more.
    """
    before = None
    # Words of one letter may stand together again, once or twice: each round makes the text shorter.
    while text != before:
        before, text = text, _SPACED.sub(_words, text)
    return text


def _words(found: re.Match[str]) -> str:
    spaces = _SPACES.findall(found[0])
    narrow = min(map(len, spaces))
    letters = _SPACES.split(found[0])
    joined = letters[0] + "".join(
        letter if len(space) == narrow else f" {letter}" for space, letter in zip(spaces, letters[1:], strict=True)
    )
    return _NEW_WORD.sub(" ", joined)
