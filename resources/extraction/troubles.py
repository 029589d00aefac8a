"""What is wrong with the text of a file, said to its editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from resources.extraction.examining import Trouble

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SENTENCES: dict[Trouble, _StrPromise] = {
    Trouble.UTF8_BYTES: _("Letters were taken apart: the text is Unicode that was read as Western European."),
    Trouble.THAI_BYTES: _("The text is Thai in an old encoding (TIS-620)."),
    Trouble.VNI: _("The text is Vietnamese in an old encoding (VNI)."),
    Trouble.TCVN3: _("The text is Vietnamese in an old encoding (TCVN3)."),
    Trouble.ZAWGYI: _("The text is Burmese in the Zawgyi encoding."),
    Trouble.LETTERSPACED: _("Letters stand apart, with a space after each."),
    Trouble.OLD_FONT: _(
        "The file uses a font from before Unicode, whose letters come out as others. Compare the text with its page. "
        "Search can find it only in a file made anew with a Unicode font, or after text recognition (OCR)."
    ),
    Trouble.UNKNOWN_LETTERS: _("Many letters have no meaning in the file: they come out as boxes or question marks."),
    Trouble.STRAY_MARKS: _("Vowels and tones stand apart from their letters."),
    Trouble.NO_WORDS: _("Much of the text is not made of words. Compare it with its page."),
    Trouble.OTHER_LANGUAGE: _("The text reads like another language than the file is said to be in."),
}


def sentence(code: str) -> _StrPromise | str:
    """Return what an editor is told of a trouble, by its code as it is stored."""
    try:
        return SENTENCES[Trouble(code)]
    except ValueError:
        return code
