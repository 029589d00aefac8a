"""Who wrote and who published a work."""

from __future__ import annotations

import re

from resources.intake.findings.types import Finding, ReadFile

LONGEST = 200
MOST = 20
# What programs put there instead of a person.
_JUNK = re.compile(
    r"^(?:admin(?:istrator)?|user|owner|author|unknown|none|n/?a|pc|hp|dell|acer|asus|lenovo|guest|root|default|test|"
    r"windows user|microsoft(?: office)? user|microsoft|adobe.*|canva|home|office|staff|computer)$|@|\\|^[a-z]+\d*$|"
    r"^\d+$",
    re.IGNORECASE,
)
_SINGLE_WORD = re.compile(r"^[a-z]+[._]?[a-z]*\d*$")
_BY = re.compile(
    r"^(?:by|authors?|written by|prepared by|penulis|oleh|disusun oleh|ผู้เขียน|จัดทำโดย|โดย|tác giả|biên soạn|អ្នកនិពន្ធ|"
    r"រៀបចំដោយ|ຜູ້ຂຽນ|ໂດຍ|ရေးသားသူ|စာရေးသူ|may-akda|isinulat ni|作者|编写|编者|autor(?:es)?|por)\s*[::]\s*(.{3,200})$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:;|,|、|,| and | & | dan | và | และ | និង | ແລະ | နှင့် | at | 和 | e )\s*")


def authors(file: ReadFile) -> list[Finding]:
    """Names as the first pages say them after a word for author; else as the file's properties do."""
    for page in (1, 2, 3):
        for line in file.page(page)[:6_000].split("\n"):
            if found := _BY.match(" ".join(line.split())):
                names = [name.strip(" .") for name in _BETWEEN.split(found.group(1))]
                kept = [name for name in names if 2 < len(name) <= LONGEST]
                if kept:
                    return [Finding(name, "text", page) for name in kept[:MOST]]
    for source in ("xmp", "properties"):
        names = [
            name.strip()
            for value, where in file.said("author")
            if where == source
            for name in value.split(";")
            if name.strip()
        ]
        kept = [name[:LONGEST] for name in dict.fromkeys(names) if not _is_junk(name)]
        if kept:
            return [Finding(name, source) for name in kept[:MOST]]
    return []


def publishers(file: ReadFile) -> list[Finding]:
    return [Finding(value[:300], source) for value, source in file.said("publisher") if not _is_junk(value)]


def _is_junk(name: str) -> bool:
    return bool(_JUNK.search(name.strip()) or _SINGLE_WORD.match(name.strip()))
