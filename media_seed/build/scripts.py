"""How each language is set: its fonts, and how far its lines stand apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LATIN = {"name": "Noto Sans", "covers": "latin-in-cjk"}


@dataclass(frozen=True, slots=True)
class Setting:
    """Fonts in order, space between lines in em, size of type against 10.4 points, and Typst's language codes."""

    lang: str
    region: str | None = None
    fonts: list[Any] = field(default_factory=lambda: ["Noto Sans"])
    leading: float = 0.72
    scale: float = 1.0
    script: str = "latin"


SETTINGS = {
    "en": Setting("en"),
    "id": Setting("id"),
    "ms": Setting("ms"),
    "fil": Setting("fil"),
    "pt": Setting("pt", "PT"),
    "vi": Setting("vi", leading=0.78),
    "th": Setting("th", fonts=["Noto Sans Thai", "Noto Sans"], leading=1.0, scale=1.04, script="thai"),
    "lo": Setting("lo", fonts=["Noto Sans Lao", "Noto Sans"], leading=1.0, scale=1.02, script="lao"),
    "km": Setting("km", fonts=["Noto Sans Khmer", "Noto Sans"], leading=1.2, scale=1.0, script="khmer"),
    "my": Setting("my", fonts=["Noto Sans Myanmar", "Noto Sans"], leading=1.2, scale=0.98, script="myanmar"),
    "zh-hans": Setting("zh", "CN", fonts=[LATIN, "Noto Sans CJK SC"], leading=0.86, scale=1.0, script="han"),
}
