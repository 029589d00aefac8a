"""Whether text says what its page shows: signs of old encodings, of fonts that lie and of letters that stand apart.

What is found comes with its evidence. `sure` findings are corrected at once and told; for the others an editor decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from resources.extraction.old_encodings import CONVERTERS, SIGNS
from search.analysis import detect_language, readable, spaced_runs, zawgyi_signs

SAMPLE = 200_000
ENOUGH = 12
"""Signs of an encoding from which on it is no accident."""


class Trouble(StrEnum):
    """What is wrong with a text. The sentences that editors see stand in `troubles.py`."""

    UTF8_BYTES = "utf8_bytes"
    THAI_BYTES = "thai_bytes"
    VNI = "vni"
    TCVN3 = "tcvn3"
    ZAWGYI = "zawgyi"
    LETTERSPACED = "letterspaced"
    OLD_FONT = "old_font"
    UNKNOWN_LETTERS = "unknown_letters"
    STRAY_MARKS = "stray_marks"
    NO_WORDS = "no_words"
    OTHER_LANGUAGE = "other_language"


CORRECTED = frozenset((*map(Trouble, CONVERTERS), Trouble.ZAWGYI, Trouble.LETTERSPACED))
"""What the portal can correct by itself."""

RECOGNISABLE = frozenset((Trouble.OLD_FONT, Trouble.UNKNOWN_LETTERS, Trouble.STRAY_MARKS, Trouble.NO_WORDS))
"""What text recognition of the pages may do better."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`signs` were counted, in a text of which `examples` show some; `corrected` is what the first would become."""

    trouble: Trouble
    signs: int = 0
    sure: bool = False
    examples: tuple[str, ...] = ()
    corrected: str = ""


_FONTS: Mapping[str, re.Pattern[str]] = {
    "vi": re.compile(r"^(?:VNI[- ]|\.?Vn[A-Z])"),
    "km": re.compile(r"^(?:Limon|ABC-?(?:TEXT|ZEN|Kh)|Khek|Baidok|Kh-?(?:System|Ang))", re.IGNORECASE),
    "lo": re.compile(r"^(?:Alice\d|Saysettha ?Lao|LaoS|Lao ?Soft|Duang ?Jan)", re.IGNORECASE),
    "my": re.compile(r"^(?:Win ?(?:Innwa|Kalaw|Researcher|---)|CE ?Classic|Metrix|M-Myanmar)", re.IGNORECASE),
    "th": re.compile(r"^(?:PSL|DB )\S*(?:AD|X)?$"),
}
_SCRIPTS = {
    "km": re.compile("[\u1780-\u17ff]"),
    "lo": re.compile("[\u0e80-\u0eff]"),
    "my": re.compile("[\u1000-\u109f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "vi": re.compile("[ăâđêôơưạ-ỹĂÂĐÊÔƠƯ]"),
}
_LETTER = re.compile(r"[^\W\d_]")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
# Vowels, tones and signs that never begin a word of Thai, Lao, Khmer and Burmese.
_MARK = re.compile(
    "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u17b6-\u17d2\u102b-\u1030\u1032-\u103e]"
)
_STRAY = re.compile(rf"(?<![^\s\d(]){_MARK.pattern}")
# No word is half Thai and half Latin.
_HALF_THAI = re.compile("[A-Za-z][\u0e01-\u0e4e]|[\u0e01-\u0e4e][A-Za-z]")
_LATIN_LETTER = re.compile("[A-Za-z]")
# Within a word these are letters that lost their meaning.
SYMBOLS = r"#$%*+<=>?\\^`|~{}\[\]§¶©®±¥¢£¤¦¬°¹²³¼½¾¿¡†‡•"
_ODD = re.compile(rf"[^\W\d_][{SYMBOLS}]+[^\W\d_]|[a-z][A-Z][a-z]?[A-Z]|^[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{{5,}}$")
_VIETNAMESE = re.compile(
    r"\b(?:của|và|là|các|trong|người|được|cho|không|có|những|với|này|đã|một|để|đến|khi|nhà|nước|về|như|bảo|hiểm|xã|hội)\b",
    re.IGNORECASE,
)


def examine(texts: Sequence[str], fonts: Sequence[str] = ()) -> list[Finding]:
    """Return what is wrong with the passages of a file, whose text is as it came out of it. Linear."""
    text = "\n".join(texts)[:SAMPLE]
    found = [*_old_encodings(text, fonts), *_zawgyi(text), *_letterspaced(text)]
    if not any(finding.trouble in CORRECTED for finding in found):
        found += [*_old_fonts(text, fonts), *_unknown_letters(text), *_stray_marks(text), *_no_words(text)]
    return found


def in_another_language(declared: str, detected: str) -> list[Finding]:
    """That the text is in another language than its editor says. Malay and Indonesian are too near to tell."""
    if not declared or not detected or declared == detected or {declared, detected} == {"id", "ms"}:
        return []
    return [Finding(Trouble.OTHER_LANGUAGE, examples=(detected,))]


def _old_encodings(text: str, fonts: Sequence[str]) -> list[Finding]:
    if text.isascii():
        return []
    found: list[Finding] = []
    for name, converter in CONVERTERS.items():
        signs = [match[0] for match in SIGNS[name].finditer(text)]
        if len(signs) < 3:
            continue
        converted = converter(text)
        weight = _weight(name, text, converted, len(signs))
        if weight:
            line = next((line for line in text.split("\n") if len(SIGNS[name].findall(line)) >= 1), text)
            found.append(
                Finding(
                    Trouble(name),
                    len(signs),
                    weight > 1 and len(signs) >= ENOUGH,
                    (_short(line),),
                    _short(converter(line)),
                )
            )
    # A text has one of them: the one with the most signs.
    return sorted(found, key=lambda finding: (not finding.sure, -finding.signs))[:1]


def _weight(name: str, text: str, converted: str, signs: int) -> int:
    """How much speaks for a text being in an old encoding: 0 nothing, 1 something, 2 all that can be asked."""
    if name == "utf8_bytes":
        left = len(SIGNS[name].findall(converted))
        return 0 if left > signs / 2 else 1 if left else 2
    if name == "thai_bytes":
        letters = len(_LETTER.findall(converted)) or 1
        thai = len(_SCRIPTS["th"].findall(converted))
        stray = len(_STRAY.findall(converted))
        if thai < letters / 2 or "\ufffd" in converted or len(_HALF_THAI.findall(converted)) * 20 > thai:
            return 0
        return 2 if stray * 20 < thai else 1
    words = len(converted.split()) or 1
    before, after = len(_VIETNAMESE.findall(text)), len(_VIETNAMESE.findall(converted))
    if detect_language(converted) != "vi" or after <= before:
        return 0
    return 2 if after * 12 >= words and after >= 3 * (before + 1) else 1


def _zawgyi(text: str) -> list[Finding]:
    foreign, own = zawgyi_signs(text)
    if foreign < 2 or foreign <= 3 * own:
        return []
    line = max(text.split("\n"), key=lambda line: zawgyi_signs(line)[0])
    return [Finding(Trouble.ZAWGYI, foreign, foreign >= ENOUGH, (_short(line),), _short(readable(line)))]


def _letterspaced(text: str) -> list[Finding]:
    runs = spaced_runs(text)
    if not runs:
        return []
    line = max(text.split("\n"), key=spaced_runs)
    # Once may be a list of letters: a b c d e f.
    return [Finding(Trouble.LETTERSPACED, runs, runs >= 3, (_short(line),), _short(readable(line)))]


def _old_fonts(text: str, fonts: Sequence[str]) -> list[Finding]:
    letters = len(_LETTER.findall(text)) or 1
    for language, names in _FONTS.items():
        old = tuple(font for font in fonts if names.search(font))
        if old and len(_SCRIPTS[language].findall(text)) < letters / 10:
            return [Finding(Trouble.OLD_FONT, len(old), examples=old[:3])]
    return []


def _unknown_letters(text: str) -> list[Finding]:
    unknown = len(_UNKNOWN.findall(text))
    if unknown < 5 or unknown * 50 < len(text):
        return []
    line = max(text.split("\n"), key=lambda line: len(_UNKNOWN.findall(line)))
    return [Finding(Trouble.UNKNOWN_LETTERS, unknown, examples=(_short(line),))]


def _stray_marks(text: str) -> list[Finding]:
    stray = _STRAY.findall(text)
    if len(stray) < 5 or len(stray) * 20 < len(_MARK.findall(text)):
        return []
    line = max(text.split("\n"), key=lambda line: len(_STRAY.findall(line)))
    return [Finding(Trouble.STRAY_MARKS, len(stray), examples=(_short(line),))]


def _no_words(text: str) -> list[Finding]:
    words = [word for word in text.split() if len(word) < 40 and _LATIN_LETTER.search(word)]
    odd = [word for word in words if _ODD.search(word)]
    if len(words) < 30 or len(odd) * 3 < len(words):
        return []
    return [Finding(Trouble.NO_WORDS, len(odd), examples=tuple(odd[:3]))]


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= 160 else f"{line[:160]}…"
