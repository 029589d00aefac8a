"""Make resources/packs/fonts/ again: the fonts that packs are printed with, so that a machine needs none of its own.

Taken from Debian's packages fonts-noto-core and fonts-noto-cjk. The Chinese ones are cut down: of 65,000 glyphs they
keep the characters of GB 2312 and of the first level of Big5, those of names that neither has, kana, punctuation and
full-width forms. Running this twice gives the same bytes.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "packs" / "fonts"
NOTO = Path("/usr/share/fonts/truetype/noto")
CJK = Path("/usr/share/fonts/opentype/noto")
LICENCE = Path("/usr/share/doc/fonts-noto-core/copyright")
WHOLE = (
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSans-Italic",
    *(f"NotoSans{script}-{weight}" for script in ("Khmer", "Lao", "Thai", "Myanmar") for weight in ("Regular", "Bold")),
)
FACE = "Noto Sans CJK SC"
BLOCKS = (
    range(0x20, 0x180),
    range(0x2000, 0x2070),
    range(0x20A0, 0x20C0),
    range(0x2100, 0x2200),
    range(0x2460, 0x2500),
    range(0x2E80, 0x2E9A),
    range(0x3000, 0x3100),
    range(0xFE30, 0xFE50),
    range(0xFF00, 0xFFF0),
)
OF_NAMES = "喆堃镕犇淼垚翀赟頔玥珺璟瑄璐骉燊昇陞峯喦淏祎珣璠烜旻晟铖鋆钰彧炜煜甯"


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in WHOLE:
        shutil.copyfile(NOTO / f"{name}.ttf", TARGET / f"{name}.ttf")
    for weight in ("Regular", "Bold"):
        cut(CJK / f"NotoSansCJK-{weight}.ttc", TARGET / f"NotoSansSC-{weight}.otf")
    (TARGET / "OFL.txt").write_text(licence(LICENCE.read_text(encoding="utf-8")), encoding="utf-8")


def cut(collection: Path, target: Path) -> None:
    """Write the simplified Chinese face of a collection with `characters()` only."""
    fonts = TTCollection(collection, lazy=True).fonts
    font = next(font for font in fonts if font["name"].getDebugName(1) == FACE)
    _forget_times(font)
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "locl", "ccmp"]
    options.drop_tables += ["VORG", "vmtx", "vhea", "BASE"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    font.save(target, reorderTables=False)


def _forget_times(font: TTFont) -> None:
    font.recalcTimestamp = False


def characters() -> set[int]:
    """The code points that the Chinese fonts keep."""
    kept = {point for block in BLOCKS for point in block} | set(map(ord, OF_NAMES))
    for point in range(0x3400, 0x10000):
        if _encodes(point, "gb2312"):
            kept.add(point)
    # Big5's first level: the hanzi that are common where traditional ones are written.
    for lead in range(0xA4, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            kept.update(map(ord, bytes([lead, trail]).decode("big5", "ignore")))
    return kept


def _encodes(point: int, encoding: str) -> bool:
    try:
        chr(point).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def licence(copyright_file: str) -> str:
    """The text of the SIL Open Font License 1.1 as Debian's copyright file gives it, with whose fonts these are."""
    found = re.search(r"^License: OFL-1\.1\n((?: .*\n)+)", copyright_file, re.M)
    if found is None:
        raise ValueError("Debian's copyright file holds no text of the licence")
    lines = [line[1:] if line.strip() != "." else "" for line in found[1].splitlines()]
    head = (
        "The Noto fonts are Copyright The Noto Project Authors (https://github.com/notofonts); Noto Sans CJK is\n"
        "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'. NotoSansSC-*.otf here\n"
        "keep only some of its glyphs (see scripts/fonts.py). All are licensed under the SIL Open Font License 1.1:\n"
    )
    return head + "\n" + "\n".join(lines).strip() + "\n"


if __name__ == "__main__":
    main()
