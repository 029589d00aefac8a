"""Burmese typed in the Zawgyi encoding, found and turned into Unicode.

Zawgyi puts Burmese glyphs, in the order they are drawn, on code points that Unicode gives other meanings. The table
follows the
published Zawgyi-One glyph chart; order follows Unicode Technical Note 11 (Representing Myanmar in Unicode).
"""

from __future__ import annotations

import re

_CONSONANT = "\u1000-\u1021"

# Only stacks of one row of the alphabet are common in Unicode Burmese: any other "stack" is Zawgyi's visible asat.
_ROWS = ("\u1000-\u1003", "\u1005-\u1008", "\u100b-\u100f", "\u1010-\u1014", "\u1015-\u1019")
_STACK = (
    "|".join(f"[{row}]\u1039[{row}]" for row in _ROWS)
    + "|\u101c\u1039\u101c|[\u1010\u101e]\u1039\u1019|\u101e\u1039\u101e|\u1004\u103a\u1039"
)

_MYANMAR = re.compile("[\u1000-\u109f]")
_STACKS = re.compile(_STACK)
_ZAWGYI = re.compile(
    "\u1039"
    "|(?<![\u1000-\u109f])[\u1031\u103b]"
    "|[\u102b-\u1030\u1032\u1036\u1038]\u1031"
    "|\u1031\u103b"
    "|[\u1033\u1034\u105a\u1060-\u1097]"
)
_UNICODE = re.compile(
    f"(?<![\u1000-\u109f])[\u1075-\u1081]|\u103a\u1038|\u103e|\u1004\u103a|[{_CONSONANT}][\u103b-\u103e]+\u1031|\u103a[{_CONSONANT}]\u1031(?![{_CONSONANT}])"
)

_TO_UNICODE = str.maketrans(
    {
        "\u1033": "\u102f", "\u1034": "\u1030", "\u1039": "\u103a", "\u103a": "\u103b", "\u103b": "\u103c", "\u103c": "\u103d",
        "\u103d": "\u103e", "\u103f": "\u1030", "\u105a": "\u102b\u103a", "\u1060": "\u1039\u1000", "\u1061": "\u1039\u1001",
        "\u1062": "\u1039\u1002", "\u1063": "\u1039\u1003", "\u1065": "\u1039\u1005", "\u1066": "\u1039\u1006",
        "\u1067": "\u1039\u1006", "\u1068": "\u1039\u1007", "\u1069": "\u1039\u1008", "\u106a": "\u1009", "\u106b": "\u100a",
        "\u106c": "\u1039\u100b", "\u106d": "\u1039\u100c", "\u106e": "\u100d\u1039\u100d", "\u106f": "\u100d\u1039\u100e",
        "\u1070": "\u1039\u100f", "\u1071": "\u1039\u1010", "\u1072": "\u1039\u1010", "\u1073": "\u1039\u1011",
        "\u1074": "\u1039\u1011", "\u1075": "\u1039\u1012", "\u1076": "\u1039\u1013", "\u1077": "\u1039\u1014",
        "\u1078": "\u1039\u1015", "\u1079": "\u1039\u1016", "\u107a": "\u1039\u1017", "\u107b": "\u1039\u1018",
        "\u107c": "\u1039\u1019", "\u107d": "\u103b", "\u107e": "\u103c", "\u107f": "\u103c", "\u1080": "\u103c",
        "\u1081": "\u103c", "\u1082": "\u103c", "\u1083": "\u103c", "\u1084": "\u103c", "\u1085": "\u1039\u101c",
        "\u1086": "\u103f", "\u1087": "\u103e", "\u1088": "\u103e\u102f", "\u1089": "\u103e\u1030", "\u108a": "\u103d\u103e",
        "\u108e": "\u102d\u1036", "\u108f": "\u1014", "\u1090": "\u101b", "\u1091": "\u100f\u1039\u100d",
        "\u1092": "\u100b\u1039\u100c", "\u1093": "\u1039\u1018", "\u1094": "\u1037", "\u1095": "\u1037",
        "\u1096": "\u1039\u1010\u103d", "\u1097": "\u100b\u1039\u100b",
    }
)  # fmt: skip

_KINZI = re.compile("([\u1000-\u1021][\u102b-\u1030\u103a-\u103d\u107d]*)([\u1064\u108b\u108c\u108d])")
_KINZI_VOWEL = {"\u1064": "", "\u108b": "\u102d", "\u108c": "\u102e", "\u108d": "\u1036"}

_MARKS = "\u102b-\u1032\u1036-\u1038\u103a-\u103e"
_SYLLABLE = re.compile(
    f"(?P<before>[\u1031\u103c]{{0,3}})(?P<kinzi>\u1004\u103a\u1039)?(?P<base>[{_CONSONANT}\u1023-\u102a\u103f])"
    f"(?P<after>(?:\u1039[{_CONSONANT}]|[\u102b-\u1030\u1032\u1036-\u1038\u103a\u103b\u103d\u103e])*)"
)
_PART = re.compile(f"\u1039[{_CONSONANT}]|[{_MARKS}]")
_ORDER = {
    mark: place
    for place, mark in enumerate(
        "\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u1032\u102f\u1030\u102b\u102c\u1036\u1037\u103a\u1038", 1
    )
}


def looks_like_zawgyi(text: str) -> bool:
    """Tell whether Burmese `text` is in Zawgyi: at least two signs that Unicode Burmese does not have, and three
    times its own.
    """
    if not _MYANMAR.search(text):
        return False
    foreign = sum(1 for _ in _ZAWGYI.finditer(text)) - sum(1 for _ in _STACKS.finditer(text))
    return foreign >= 2 and foreign > 3 * sum(1 for _ in _UNICODE.finditer(text))


def to_unicode(text: str) -> str:
    """Turn Zawgyi `text` into Unicode Burmese; other scripts in it stay as they are. Linear."""
    text = _KINZI.sub(lambda found: f"\u1004\u103a\u1039{found[1]}{_KINZI_VOWEL[found[2]]}", text)
    kept = text.replace("\u1004\u103a\u1039", "\ue000")
    return _SYLLABLE.sub(_ordered, kept.translate(_TO_UNICODE).replace("\ue000", "\u1004\u103a\u1039"))


def _ordered(found: re.Match[str]) -> str:
    parts = _PART.findall(found["before"] + found["after"])
    unique = list(dict.fromkeys(parts))
    return (found["kinzi"] or "") + found["base"] + "".join(sorted(unique, key=lambda part: _ORDER.get(part, 0)))
