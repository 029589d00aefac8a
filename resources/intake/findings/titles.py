"""Which of a file's titles is meant: what its properties say, what its cover says largest, or only its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from resources.intake.findings.file_name import stem_of, words_of
from resources.intake.findings.types import Finding, ReadFile
from search.analysis import fold

LONGEST = 255
_SHORTEST = 4
# What programs write where nobody gave a title.
_JUNK = re.compile(
    r"^(?:untitled|document|presentation|slide|page|new |title|doc|microsoft word|powerpoint presentation|"
    r"layout|scan|img|print)[\s_\-]*\d*$|\.(?:docx?|pptx?|xlsx?|indd|qxp|qxd|pdf|pub|rtf|cdr|ai|tmp)$|[\\/]{1}\S+[\\/]",
    re.IGNORECASE,
)


def titles(file: ReadFile) -> list[Finding]:
    """All candidates, the best first. A title of the properties that stands on the cover too is surest."""
    found = list(_candidates(file))
    cover = _plain(file.page(1)[:6_000])
    unique: dict[str, tuple[float, Finding]] = {}
    for rank, finding in found:
        key = _plain(finding.value)
        score = rank + (2.0 if finding.source in {"properties", "xmp"} and key and key in cover else 0.0)
        if key not in unique or unique[key][0] < score:
            unique[key] = (score, finding)
    return [finding for _score, finding in sorted(unique.values(), key=lambda item: -item[0])]


def _candidates(file: ReadFile) -> Iterator[tuple[float, Finding]]:
    stem = _plain(stem_of(file.name))
    for value, source in file.said("title"):
        title = value[:LONGEST].strip()
        if len(title) < _SHORTEST or not any(map(str.isalpha, title)) or _JUNK.search(title) or _plain(title) == stem:
            continue
        rank = {"xmp": 2.1, "properties": 2.0, "largest": 2.5}.get(source, 2.0)
        yield rank, Finding(title, source, 1 if source == "largest" else None)
    for line in file.page(1).split("\n")[:12]:
        text = " ".join(line.split())
        if 12 <= len(text) <= 200 and sum(map(str.isalpha, text)) > len(text) / 2:
            yield 1.0, Finding(text, "text", 1)
            break
    if name := words_of(file.name):
        yield 0.5, Finding(name[:LONGEST], "name")


def _plain(text: str) -> str:
    """Letters and digits alone: lines and hyphens break titles anywhere."""
    return "".join(character for character in fold(text) if character.isalnum())
