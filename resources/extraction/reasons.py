"""Why a file could not be read, said to its editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from resources.extraction.types import FailureReason

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SENTENCES: dict[FailureReason, _StrPromise] = {
    FailureReason.ENCRYPTED: _("The file is locked with a password. Upload a copy without one."),
    FailureReason.DAMAGED: _(
        "The file is damaged or incomplete. Open it in the program that made it, save it again and upload that."
    ),
    FailureReason.NO_TEXT: _(
        "No text was found in the file. Pages that were scanned are pictures: search can find their words only "
        "after text recognition (OCR)."
    ),
    FailureReason.NOT_UNICODE: _("The text of the file is not in Unicode. Save it as UTF-8 and upload that."),
    **dict.fromkeys(
        (FailureReason.TOO_LARGE, FailureReason.TOO_MANY_PAGES),
        _("The file is too large to read. Split it into smaller ones."),
    ),
    FailureReason.TOOK_TOO_LONG: _("Reading the file took too long and was stopped."),
    FailureReason.TOO_MUCH_MEMORY: _("Reading the file needed too much memory and was stopped."),
    FailureReason.INTERRUPTED: _("Reading the file was interrupted again and again and was given up."),
    FailureReason.OLD_FORMAT: _(
        "The file is in an old Office format (.doc, .xls, .ppt). Save it as .docx, .xlsx, .pptx or PDF and upload that."
    ),
    FailureReason.UNSUPPORTED_TYPE: _("Text is not read from this kind of file. Readers can still download it."),
    FailureReason.DISGUISED: _("The content of the file is not what its name says."),
    FailureReason.EMPTY: _("The file is empty."),
    FailureReason.MISSING: _("The file is not there or cannot be opened."),
}
UNKNOWN = _("The file could not be read.")


def sentence(code: str) -> _StrPromise:
    """Return what an editor is told of a failure, by its code as it is stored; an unknown code gets a plain
    sentence.
    """
    try:
        return SENTENCES[FailureReason(code)]
    except ValueError:
        return UNKNOWN
