"""What a file's name says: its language, a year, and words for a title. No Django."""

from __future__ import annotations

import re

from resources.language_tags import language_of
from search.languages import LANGUAGES

_PART = re.compile(r"[\s._()\[\]-]+")
# What people write into names beside the portal's own codes.
_WORDS = {language.english.lower(): language.code for language in LANGUAGES} | {
    "eng": "en", "ind": "id", "bahasa": "id", "indonesia": "id", "msa": "ms", "may": "ms", "melayu": "ms", "tha": "th",
    "vie": "vi", "vn": "vi", "viet": "vi", "khm": "km", "kh": "km", "khmer": "km", "cambodian": "km", "lao": "lo",
    "la": "lo", "laos": "lo", "mya": "my", "bur": "my", "mm": "my", "myanmar": "my", "tagalog": "fil", "tgl": "fil",
    "ph": "fil", "chi": "zh-hans", "zho": "zh-hans", "cn": "zh-hans", "sc": "zh-hans", "por": "pt", "tetum": "pt",
}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")
_NOISE = frozenset({"final", "draft", "v1", "v2", "v3", "web", "print", "copy", "lowres", "hires", "new", "rev"})


def stem_of(name: str) -> str:
    stem, dot, _extension = name.rpartition(".")
    return stem if dot else name


def language_in(name: str) -> str:
    """The language that a name marks at its end, such as `report.th.pdf` or `Guide (Khmer).pdf`; "" for none."""
    parts = _parts(name)
    for at in range(len(parts) - 1, max(-1, len(parts) - 4), -1):
        if code := _marker(parts, at):
            return code
    return ""


def without_language(name: str) -> str:
    """A name without marks of language and state, folded: the same for one work in two languages."""
    parts = _parts(name)
    first = max(1, len(parts) - 3)
    kept = [
        part for at, part in enumerate(parts) if not (at >= first and (_marker(parts, at) or part.lower() in _NOISE))
    ]
    return " ".join(part.casefold() for part in kept if part.lower() not in {"hans", "zh"} or part == parts[0])


def year_in(name: str) -> int | None:
    found = _YEAR.findall(stem_of(name))
    return int(found[-1]) if found else None


def words_of(name: str) -> str:
    """A title made of a name, for a file that has no better one."""
    parts = [part for at, part in enumerate(_parts(name)) if at == 0 or not _marker(_parts(name), at)]
    words = " ".join(parts).strip()
    return words[:1].upper() + words[1:]


def _parts(name: str) -> list[str]:
    return [part for part in _PART.split(stem_of(name)) if part]


def _marker(parts: list[str], at: int) -> str:
    part = parts[at].lower()
    if at == 0:
        return ""
    if part in _WORDS:
        return _WORDS[part]
    return (language_of(part) or "") if len(part) <= 3 else "zh-hans" if part == "hans" else ""
