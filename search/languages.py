"""The languages that the portal speaks, with what search must know of each. No Django."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is as in URLs; `native` is the language's own name; `script` is its ISO 15924 code."""

    code: str
    native: str
    english: str
    script: str


LANGUAGES: tuple[Language, ...] = (
    Language("en", "English", "English", "Latn"),
    Language("id", "Bahasa Indonesia", "Indonesian", "Latn"),
    Language("ms", "Bahasa Melayu", "Malay", "Latn"),
    Language("th", "ไทย", "Thai", "Thai"),
    Language("vi", "Tiếng Việt", "Vietnamese", "Latn"),
    Language("km", "ខ្មែរ", "Khmer", "Khmr"),
    Language("lo", "ລາວ", "Lao", "Laoo"),
    Language("my", "မြန်မာ", "Burmese", "Mymr"),
    Language("fil", "Filipino", "Filipino", "Latn"),
    Language("zh-hans", "简体中文", "Chinese", "Hans"),
    Language("pt", "Português", "Portuguese", "Latn"),
)

LANGUAGE_CODES: tuple[str, ...] = tuple(language.code for language in LANGUAGES)
