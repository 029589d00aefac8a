"""The analysis told to a browser without a server: its patterns and tables as JSON's types, and a text's words.

A script that folds, repairs and finds words as this package does is given its tables from here, so that nothing is
written down twice. Patterns are JavaScript's (ECMA-262, flag `u`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import decimal

from search.analysis import normalise, repair, scripts, segment, terms, traditional, zawgyi
from search.analysis.scripts import LANGUAGE_OF_SCRIPT, LATIN_LANGUAGES, UNSPACED, script_of
from search.analysis.stopwords import INTERROGATIVES, STOP_WORDS

# Python's \w and \d are Unicode's; JavaScript's are ASCII's.
_IN_JAVASCRIPT = (
    (r"[^\D0-9]", r"(?![0-9])\p{Nd}"),
    (r"[^\W_]", r"[\p{L}\p{N}]"),
    (r"\w", r"\p{L}\p{N}_"),
    (r"\d", r"\p{Nd}"),
    ("(?P<", "(?<"),
    (r"\A", "^"),
    (r"\Z", "$"),
)
_BMP = 0x10000


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a readable text. `folded` is as compared; `term`, `plain` and `stop` are as in `WordForms`; `unspaced`
    is the ISO 15924 code of a script without spaces, else ""; `joined` to the word before: nothing stands between.
    """

    folded: str
    term: str
    plain: str
    stop: bool
    unspaced: str
    joined: bool


def words_of(readable_text: str, language: str) -> list[Word]:
    """All words of a readable text in `language`, in order, stop words too."""
    found: list[Word] = []
    before = -1
    for start, end in segment.words(readable_text):
        written = readable_text[start:end]
        forms = terms.word_forms(written, language)
        if forms.term:
            unspaced = script_of(written[0]) if UNSPACED.match(written) else ""
            found.append(Word(_folded(written), forms.term, forms.plain, forms.stop, unspaced, start == before))
            before = end
    return found


def _folded(word: str) -> str:
    return normalise.fold_word(word).replace(" ", "")


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """All that a browser must know of the analysis, by the names that its script uses."""
    return {
        "patterns": {name: _in_javascript(pattern) for name, pattern in _patterns().items()},
        "order": {
            "thai": repair._THAI_ORDER,
            "lao": repair._LAO_ORDER,
            "burmese": repair._BURMESE_ORDER,
            "zawgyi": zawgyi._ORDER,
        },
        "one": repair._ONE_LETTER,
        "khmer": repair._KHMER_ONE,
        "zawgyi": {chr(code): text for code, text in zawgyi._TO_UNICODE.items()},
        "kinzi": zawgyi._KINZI_VOWEL,
        "same": {chr(code): text for code, text in normalise._SAME.items()},
        # Character for character: as two texts they take half the space that pairs do.
        "traditional": "".join(map(chr, traditional._TABLE)),
        "simplified": "".join(map(chr, traditional._TABLE.values())),
        "plain": {chr(code): text for code, text in normalise._NO_ACCENT.items()},
        "casefold": _casefold(),
        "zeros": _zeros(),
        "languages": LANGUAGE_OF_SCRIPT,
        "latin": LATIN_LANGUAGES,
        "stops": {language: sorted(words) for language, words in STOP_WORDS.items()},
        "asking": {language: sorted(words) for language, words in INTERROGATIVES.items()},
        "longest": terms.LONGEST_TERM,
    }


def _patterns() -> dict[str, str]:
    return {
        "invisible": normalise._INVISIBLE.pattern,
        "lineEnds": normalise._LINE_ENDS.pattern,
        "nativeDigit": normalise._NATIVE_DIGIT.pattern,
        "thaiMarks": repair._THAI_MARKS.pattern,
        "laoMarks": repair._LAO_MARKS.pattern,
        "twoLetters": repair._TWO_LETTERS.pattern,
        "khmerMarks": repair._KHMER_MARKS.pattern,
        "khmerPart": repair._KHMER_PART.pattern,
        "khmerLookAlike": repair._KHMER_LOOK_ALIKE.pattern,
        "burmeseMarks": repair._BURMESE_MARKS.pattern,
        "zawgyiStacks": zawgyi._STACKS.pattern,
        "zawgyiSigns": zawgyi._ZAWGYI.pattern,
        "unicodeSigns": zawgyi._UNICODE.pattern,
        "zawgyiKinzi": zawgyi._KINZI.pattern,
        "zawgyiSyllable": zawgyi._SYLLABLE.pattern,
        "zawgyiPart": zawgyi._PART.pattern,
        "thousands": terms._THOUSANDS.pattern,
        "possessive": terms._POSSESSIVE.pattern,
        "latinWord": segment._LATIN_WORDS.pattern,
        "pieces": segment._PIECES.pattern,
        "needsDictionary": segment._OTHER_START,
        "clusters": segment._CLUSTERS_AND_GAPS.pattern,
        "unspaced": UNSPACED.pattern,
        "script": scripts._SCRIPTS.pattern,
    }


def _in_javascript(pattern: str) -> str:
    for python, javascript in _IN_JAVASCRIPT:
        pattern = pattern.replace(python, javascript)
    # Written out: lone surrogates can't be sent in UTF-8, and line ends would be lost.
    return "".join([letter if " " <= letter <= "~" else f"\\u{{{ord(letter):x}}}" for letter in pattern])


def _casefold() -> dict[str, str]:
    """What casefolding changes beyond lower case, letter by letter: JavaScript only knows the latter."""
    letters = (chr(code) for code in range(0x80, _BMP) if not 0xD800 <= code <= 0xDFFF)
    return {
        letter: folded for letter in letters if letter == letter.lower() and (folded := letter.casefold()) != letter
    }


def _zeros() -> str:
    """The zeros of all scripts' decimal digits: nine more follow each."""
    return "".join(chr(code) for code in range(0x80, _BMP) if re.match(r"\d", chr(code)) and decimal(chr(code)) == 0)
