"""A few sentences on what a file holds: its own abstract, or how its text begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from resources.importing.summary import beginning
from resources.intake.findings.types import Finding, ReadFile
from search.analysis import fold

LENGTH = 400
_SHORTEST = 60
_FIRST_PAGES = 4
_HEADINGS = (
    "abstract", "summary", "executive summary", "key messages", "ringkasan", "ringkasan eksekutif", "abstrak", "บทคัดย่อ",
    "บทสรุป", "บทสรุปผู้บริหาร", "สรุป", "tóm tắt", "សេចក្តីសង្ខេប", "មូលន័យសង្ខេប", "ບົດສະຫຼຸບ", "ບົດສະຫຼຸບຫຍໍ້", "အကျဉ်းချုပ်",
    "buod", "摘要", "内容提要", "resumo", "resumo executivo", "sumário executivo",
)  # fmt: skip
_HEADING = re.compile(rf"^(?:{'|'.join(map(re.escape, _HEADINGS))})\s*[:.]?$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n\s*\n")


def summaries(file: ReadFile, title: str) -> list[Finding]:
    """Candidates, the best first, each of some hundred characters."""
    found: dict[str, Finding] = {}
    for finding in _candidates(file, fold(title)):
        found.setdefault(fold(finding.value), finding)
    return list(found.values())


def _candidates(file: ReadFile, title: str) -> Iterator[Finding]:
    for value, source in file.said("description"):
        if len(value) >= _SHORTEST and fold(value) != title:
            yield Finding(beginning(value, LENGTH), source)
    pages = [(passage.page, passage.text[:10_000]) for passage in file.text.passages[:_FIRST_PAGES]]
    for page, text in pages:
        lines = text.split("\n")
        for at, line in enumerate(lines):
            if _HEADING.match(" ".join(line.split())) and (told := " ".join(lines[at + 1 : at + 12]).strip()):
                yield Finding(beginning(told, LENGTH), "text", page)
                break
    for page, text in pages:
        for paragraph in _paragraphs(text):
            if len(paragraph) >= _SHORTEST and fold(paragraph) != title and not paragraph.isupper():
                yield Finding(beginning(paragraph, LENGTH), "text", page)
                return


def _paragraphs(text: str) -> Iterator[str]:
    for block in _PARAGRAPH.split(text):
        long: list[str] = []
        for line in block.split("\n"):
            # Short lines are headings, captions and places; a sentence runs on.
            if len(line) >= 40 or long:
                long.append(line.strip())
        if long:
            yield " ".join(long)
