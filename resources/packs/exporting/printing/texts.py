"""Text of people as the template takes it: values without markup, without what no page can show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

LONGEST_WORD = 30
PIECE = 14
SHORT_TITLE = 80
_UNSHOWN = re.compile(
    # Controls, lone surrogates, code points that are no characters, and marks that turn the direction of what follows.
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_PART_END = re.compile(r"[/?&=#_-]+")
_WORD = re.compile(r"\S+")
# Scripts in which Typst finds where to break a run without spaces.
_BROKEN_ANYWHERE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]")

Runs = list[Any]


def clean(text: str) -> str:
    """The text without what cannot be shown; lines end with a line feed."""
    return _UNSHOWN.sub("", re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text))


def line_of(text: str) -> str:
    """As `clean`, in one line."""
    return " ".join(clean(text).split())


def runs(text: str, language: str) -> Runs:
    """`text` in runs: strings, and lists of one string that stays on one line.

    A word that is too long for a line is cut into such pieces, so that a line can end between them: no sign is added,
    and the text copied out is the text that went in. So are Portuguese words with a hyphen: where a line ends at one,
    Typst says it twice.
    """
    out: Runs = []
    done = 0
    for found in _WORD.finditer(text):
        word = found[0]
        if _BROKEN_ANYWHERE.search(word):
            continue
        if len(word) > LONGEST_WORD:
            pieces = list(_pieces(word))
        elif language.startswith("pt") and "-" in word[1:-1]:
            pieces = [word]
        else:
            continue
        if found.start() > done:
            out.append(text[done : found.start()])
        out += [[piece] for piece in pieces]
        done = found.end()
    if done < len(text):
        out.append(text[done:])
    return out


def _pieces(word: str) -> Iterator[str]:
    start = 0
    while start < len(word):
        end = min(start + PIECE, len(word))
        # An address is parted where it has parts.
        if end < len(word) and (ends := [at.end() for at in _PART_END.finditer(word, start + 1, end)]):
            end = ends[-1]
        # Never before a mark that belongs to the letter before it.
        while end < len(word) and unicodedata.category(word[end])[0] == "M":
            end += 1
        yield word[start:end]
        start = end


def said(text: str, language: str) -> dict[str, Any]:
    """A text of one line in its language."""
    line = line_of(text)
    return {"lang": language, "runs": runs(line, language), "length": len(line)}


def paragraphs(text: str, language: str) -> dict[str, Any] | None:
    """A text of paragraphs with empty lines between them, None for an empty one."""
    parts = [part for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", clean(text).strip()) if part.strip()]
    lines = [[runs(" ".join(line.split()), language) for line in part.split("\n") if line.strip()] for part in parts]
    return {"lang": language, "paragraphs": lines} if lines else None


def shortened(text: str) -> str:
    """The beginning of a title for the foot of pages, whole letters and their marks."""
    line = line_of(text)
    if len(line) <= SHORT_TITLE:
        return line
    end = SHORT_TITLE
    while end and (unicodedata.category(line[end])[0] == "M" or line[end - 1] in "\u17d2\u1039\u200d"):
        end -= 1
    space = line.rfind(" ", end // 2, end)
    return line[: space if space > 0 else end].rstrip(" ,;:·") + "…"
