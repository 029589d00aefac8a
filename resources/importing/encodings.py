"""Which of the old encodings of the region a text that is not UTF-8 is likely in. It is said, never converted: two of
them may read the same bytes, each as something else.
"""

from __future__ import annotations

import codecs
import re

SAMPLE_BYTES = 200_000
"""So much of a text says it."""
# Thai marks stand above or below a consonant, some vowels before one; Chinese read as Thai breaks that at every step.
_THAI_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_THAI_MISPLACED = re.compile(
    "(?<![\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
)
_HAN = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u203f]")
_VIETNAMESE_MARK = re.compile("[A-Za-zĂÂÊÔƠƯăâêôơư][\u0300\u0301\u0303\u0309\u0323]")
_LATIN = re.compile("[À-ÖØ-öø-ÿ‘’“”–—…°«»€]")
_ENOUGH = 0.9
"""Of the letters beyond ASCII so many must be such letters."""


def likely_encoding(data: bytes) -> str:
    """The name of an encoding; "" when none is likely."""
    sample = data[:SAMPLE_BYTES]
    if sample.count(b"\x00") * 4 > len(sample):
        return "UTF-16"
    beyond = sum(byte >= 0x80 for byte in sample)
    latin = sum(byte < 0x80 and chr(byte).isalpha() for byte in sample)
    # Of Latin letters a few carry marks; other scripts are beyond ASCII altogether, line by line.
    if beyond < latin and not re.search(rb"[\x80-\xff]{6}", sample):
        return _latin(sample)
    for name, codec in (("Chinese (GBK)", "gb18030"), ("Chinese (Big5)", "big5")):
        if _share(sample, codec, _HAN) >= _ENOUGH and not _reads_as_thai(sample, misplaced=0.0):
            return name
    return "Thai (Windows-874)" if _reads_as_thai(sample, misplaced=0.1) else ""


def _latin(sample: bytes) -> str:
    text = _decoded(sample, "cp1258")
    if text and len(_VIETNAMESE_MARK.findall(text)) > len(re.findall("[\u0300-\u0323]", text)) // 2 > 0:
        return "Vietnamese (Windows-1258)"
    return "Western European (Windows-1252)" if _share(sample, "cp1252", _LATIN) >= _ENOUGH else ""


def _reads_as_thai(sample: bytes, *, misplaced: float) -> bool:
    text = _decoded(sample, "cp874") or ""
    marks = len(_THAI_MARK.findall(text))
    return marks > 0 and len(_THAI_MISPLACED.findall(text)) <= marks * misplaced


def _share(sample: bytes, codec: str, letters: re.Pattern[str]) -> float:
    """Of the letters beyond ASCII, how many are `letters`; 0 when the bytes can't be read so."""
    foreign = "".join(letter for letter in _decoded(sample, codec) or "" if not letter.isascii())
    return len(letters.findall(foreign)) / len(foreign) if foreign else 0.0


def _decoded(sample: bytes, codec: str) -> str | None:
    try:
        # A sample may end in the middle of a character.
        return codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeDecodeError:
        return None
