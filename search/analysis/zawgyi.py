"""Burmese typed in the Zawgyi encoding, found and turned into Unicode.

Zawgyi puts Burmese glyphs, in the order they are drawn, on code points that Unicode gives other meanings. The table
follows the published Zawgyi-One glyph chart; order follows Unicode Technical Note 11 (Representing Myanmar in Unicode).
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
    "(?<![\u1000-\u109f])[\u1075-\u1081]|\u103a\u1038|\u103e|\u1004\u103a"
    f"|[{_CONSONANT}][\u103b-\u103e]+\u1031|\u103a[{_CONSONANT}]\u1031(?![{_CONSONANT}])"
)

# Zawgyi code point = the Unicode code points that mean the same.
_TABLE = """
    1033=102f 1034=1030 1039=103a 103a=103b 103b=103c 103c=103d 103d=103e 103f=1030 105a=102b+103a 1060=1039+1000
    1061=1039+1001 1062=1039+1002 1063=1039+1003 1065=1039+1005 1066=1039+1006 1067=1039+1006 1068=1039+1007
    1069=1039+1008 106a=1009 106b=100a 106c=1039+100b 106d=1039+100c 106e=100d+1039+100d 106f=100d+1039+100e
    1070=1039+100f 1071=1039+1010 1072=1039+1010 1073=1039+1011 1074=1039+1011 1075=1039+1012 1076=1039+1013
    1077=1039+1014 1078=1039+1015 1079=1039+1016 107a=1039+1017 107b=1039+1018 107c=1039+1019 107d=103b 107e=103c
    107f=103c 1080=103c 1081=103c 1082=103c 1083=103c 1084=103c 1085=1039+101c 1086=103f 1087=103e 1088=103e+102f
    1089=103e+1030 108a=103d+103e 108e=102d+1036 108f=1014 1090=101b 1091=100f+1039+100d 1092=100b+1039+100c
    1093=1039+1018 1094=1037 1095=1037 1096=1039+1010+103d 1097=100b+1039+100b
"""
_TO_UNICODE = {
    int(zawgyi, 16): "".join(chr(int(code, 16)) for code in codes.split("+"))
    for zawgyi, codes in (pair.split("=") for pair in _TABLE.split())
}

_KINZI = re.compile("([\u1000-\u1021][\u102b-\u1030\u103a-\u103e]*)([\u1064\u108b\u108c\u108d])")
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
    foreign, own = zawgyi_signs(text)
    return foreign >= 2 and foreign > 3 * own


def zawgyi_signs(text: str) -> tuple[int, int]:
    """Return how many signs of `text` only Zawgyi has, and how many only Unicode Burmese."""
    if not _MYANMAR.search(text):
        return 0, 0
    foreign = sum(1 for _ in _ZAWGYI.finditer(text)) - sum(1 for _ in _STACKS.finditer(text))
    return foreign, sum(1 for _ in _UNICODE.finditer(text))


def to_unicode(text: str) -> str:
    """Turn Zawgyi `text` into Unicode Burmese; other scripts in it stay as they are. Linear."""
    text = _KINZI.sub(
        lambda found: f"\u1004\u103a\u1039{found[1]}{_KINZI_VOWEL[found[2]]}", text.translate(_TO_UNICODE)
    )
    return _SYLLABLE.sub(_ordered, text)


def _ordered(found: re.Match[str]) -> str:
    parts = _PART.findall(found["before"] + found["after"])
    unique = list(dict.fromkeys(parts))
    return (found["kinzi"] or "") + found["base"] + "".join(sorted(unique, key=lambda part: _ORDER.get(part, 0)))
