"""Why a dropped file became no draft, and what a draft lacks, said to its editor."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from resources.extraction.reasons import sentence

NOT_ALLOWED = "not_allowed"
NOT_ITS_COLLECTION = "not_its_collection"
GIVEN_UP = "given_up"
REFUSED = "refused"

SENTENCES = {
    NOT_ALLOWED: _("You may not add pages to the library in the language of this file."),
    NOT_ITS_COLLECTION: _("You may not add files to the collection that was chosen for this one."),
    GIVEN_UP: _("It could not be worked on: each time the program ended. Try again, or leave it out."),
    REFUSED: _("It could not be saved. Try again; if that doesn’t help, tell whoever runs the portal."),
}


def said(code: str) -> str:
    """The sentence of a code, of this package or of extraction; nothing for no code."""
    return str(SENTENCES.get(code) or sentence(code)) if code else ""
