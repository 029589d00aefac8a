"""How each language is set: its fonts, and how far its lines stand apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parents[2] / "fonts"
LATIN = "Noto Sans"
CHINESE = "Noto Sans CJK SC"
OTHERS = ("Noto Sans Khmer", "Noto Sans Lao", "Noto Sans Thai", "Noto Sans Myanmar", CHINESE)


@dataclass(frozen=True, slots=True)
class Typography:
    """Typst's codes of a language, its first font, the space between lines in em of capital height and more, and its
    size against Latin letters.

    Lines of Khmer, Lao, Burmese and Thai stand 1.9 em apart, as on the portal's pages: their marks stack.
    """

    lang: str
    region: str | None = None
    font: str = LATIN
    leading: float = 0.78
    scale: float = 1.0

    def for_template(self) -> dict[str, Any]:
        """For the template. After the font of the language come all others: any text may name things in any script."""
        fonts: list[Any] = [self.font, LATIN, *OTHERS]
        if self.font == CHINESE:
            # Latin letters and digits are set in Noto Sans, quotation marks and dashes in the Chinese font.
            fonts = [{"name": LATIN, "covers": "latin-in-cjk"}, CHINESE, LATIN, *OTHERS]
        return {
            "lang": self.lang,
            "region": self.region,
            "fonts": list({str(font): font for font in fonts}.values()),
            "leading": self.leading,
            "scale": self.scale,
        }


_TYPOGRAPHY = {
    "pt": Typography("pt", "PT"),
    "vi": Typography("vi", leading=0.86),
    "th": Typography("th", font="Noto Sans Thai", leading=1.16, scale=1.06),
    "lo": Typography("lo", font="Noto Sans Lao", leading=1.16, scale=1.04),
    "km": Typography("km", font="Noto Sans Khmer", leading=1.2, scale=1.0),
    "my": Typography("my", font="Noto Sans Myanmar", leading=1.2, scale=0.98),
    "zh-hans": Typography("zh", "CN", font=CHINESE, leading=0.95),
}


def typography_of(language: str) -> Typography:
    """How a language is set, by its code; one that isn't known as Latin letters are."""
    if language in _TYPOGRAPHY:
        return _TYPOGRAPHY[language]
    first = language.partition("-")[0].lower()
    return Typography(first if re.fullmatch(r"[a-z]{2,3}", first) else "en")
