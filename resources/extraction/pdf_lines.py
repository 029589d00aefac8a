"""Lines of a page to running text, in scripts that put no space between words."""

from __future__ import annotations

import re

# Thai, Lao, Burmese, Khmer, Chinese and Japanese letters, marks and stops.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u3011\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff1f"
_ENDS_IN = re.compile(f"[{_SPACELESS}]\\Z")
_BEGINS_WITH = re.compile(f"[{_SPACELESS}]")
_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b6-\u17d3]")
FULL_LINE = 0.6


def unwrap(text: str) -> str:
    """Return `text` with the lines of a paragraph joined where a script without spaces runs on into the next line.

    A line end there may stand within a word, which then could not be found. A line much shorter than the page's full
    ones, as headings, table cells and the last lines of paragraphs are, keeps its end.
    """
    lines = text.split("\n")
    if len(lines) < 2 or not _BEGINS_WITH.search(text):
        return text
    lengths = [len(_MARK.sub("", line)) for line in lines]
    running = sorted(length for line, length in zip(lines, lengths, strict=True) if _ENDS_IN.search(line))
    if not running:
        return text
    full = running[(3 * len(running)) // 4]
    out = [lines[0]]
    for before, length, line in zip(lines, lengths, lines[1:], strict=False):
        runs_on = length >= FULL_LINE * full and _ENDS_IN.search(before) and _BEGINS_WITH.match(line)
        out.append(line if runs_on else "\n" + line)
    return "".join(out)
