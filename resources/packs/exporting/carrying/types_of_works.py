"""What a type of work is called, as an edition names it by its slug."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _


def type_in_words(slug: str) -> str:
    """In the language in force; the slug itself for a type that is not known."""
    match slug:
        case "fact-sheet":
            return capfirst(_("fact sheet"))
        case "video":
            return capfirst(_("video"))
        case "study-visit-report":
            return capfirst(_("study-visit report"))
        case "good-practice":
            return capfirst(_("good practice"))
        case "publication":
            return capfirst(_("publication"))
        case _other:
            return slug
