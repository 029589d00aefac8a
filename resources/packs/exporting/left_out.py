"""Why a file is left out of what is carried away, said to a reader: alike on paper, in the zip, in e-books and in
courses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext, gettext_lazy

from resources.extraction import FailureReason
from resources.packs.exporting.originals.types import OriginalLimits
from resources.places import number

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WITHOUT_TEXT = frozenset({FailureReason.NO_TEXT, FailureReason.UNSUPPORTED_TYPE, FailureReason.NOT_UNICODE})
"""Reasons of files from which nothing can be read, but which are as good as others to hand on."""

_NO_TEXT = gettext_lazy("“%(title)s” is left out: no text can be read from the file. It may hold pictures alone.")
_DAMAGED = gettext_lazy("“%(title)s” is left out: the file is damaged.")
_SENTENCES: Mapping[FailureReason, _StrPromise] = {
    FailureReason.MISSING: gettext_lazy("“%(title)s” is left out: the file is not kept any more."),
    FailureReason.ENCRYPTED: gettext_lazy("“%(title)s” is left out: the file is locked with a password."),
    FailureReason.TOO_LARGE: gettext_lazy("“%(title)s” is left out: the file is too large."),
    FailureReason.TOO_MANY_PAGES: gettext_lazy("“%(title)s” is left out: more than %(most)s pages of it were chosen."),
    FailureReason.TOOK_TOO_LONG: gettext_lazy("“%(title)s” is left out: preparing it takes too long."),
    FailureReason.TOO_MUCH_MEMORY: gettext_lazy("“%(title)s” is left out: preparing it needs too much memory."),
    FailureReason.DISGUISED: gettext_lazy("“%(title)s” is left out: its content is not what its name says."),
    **dict.fromkeys(WITHOUT_TEXT, _NO_TEXT),
}
_NOT_PRINTED: Mapping[FailureReason, _StrPromise] = {
    FailureReason.EMPTY: gettext_lazy("“%(title)s” is left out: it does not have the chosen pages."),
    FailureReason.UNSUPPORTED_TYPE: gettext_lazy("“%(title)s” is left out: only PDFs can be printed here."),
}
"""Reasons that are others on paper."""


def left_out(reason: FailureReason, title: str, *, in_print: bool = False) -> str:
    """Why the file called `title` is left out, on paper if `in_print`, in the language in force."""
    sentences = {**_SENTENCES, **_NOT_PRINTED} if in_print else _SENTENCES
    most = number(OriginalLimits().pages, get_language() or "en")
    return str(sentences.get(reason, _DAMAGED)) % {"title": title, "most": most}


def no_room(title: str) -> str:
    """That what is called `title` is left out because the pack with it would be too large for one file."""
    return gettext("“%(title)s” is left out: with it the pack would be too large for one file.") % {"title": title}
