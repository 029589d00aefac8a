"""The words between the texts of a printed pack, in the language of its reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy, ngettext

from resources.extraction.types import FailureReason
from resources.packs.content import PackContent
from resources.places import day, number

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

REASONS: Mapping[FailureReason, _StrPromise] = {
    FailureReason.ENCRYPTED: gettext_lazy(
        "This document is not printed here: it is locked with a password. It can be opened at the address below."
    ),
    FailureReason.TOO_LARGE: gettext_lazy(
        "This document is not printed here: it is too large or has too many pages. It can be read at the address below."
    ),
    FailureReason.TOOK_TOO_LONG: gettext_lazy(
        "This document is not printed here: preparing its pages took too long. It can be read at the address below."
    ),
    FailureReason.TOO_MUCH_MEMORY: gettext_lazy(
        "This document is not printed here: preparing its pages needed too much memory. It can be read at the address "
        "below."
    ),
    FailureReason.EMPTY: gettext_lazy(
        "This document is not printed here: it does not have the chosen pages. It can be read at the address below."
    ),
    FailureReason.MISSING: gettext_lazy(
        "This document is not printed here: its file is no longer kept. It may still be found at the address below."
    ),
    FailureReason.UNSUPPORTED_TYPE: gettext_lazy(
        "This document is not printed here: it is not a PDF. It can be downloaded at the address below."
    ),
}
DAMAGED = gettext_lazy(
    "This document is not printed here: its file is damaged or incomplete. It can be looked up at the address below."
)


def reason(why: FailureReason) -> str:
    """Why a document isn't printed, said to a reader in the language in force."""
    return str(REASONS.get(why, DAMAGED))


def words() -> dict[str, str]:
    """What the template says, in the language in force."""
    return {
        "reading-pack": gettext("Reading pack"),
        "introduction": gettext("Introduction"),
        "contents": gettext("Contents"),
        "note": gettext("Note to the reader"),
        "questions": gettext("Questions for discussion"),
        "online": gettext("Read this pack online"),
        "read-there": gettext("Read it online"),
        "no-transcript": gettext("There is no transcript of this part."),
        "code": gettext("QR code of the address"),
    }


def cover_facts(content: PackContent, language: str) -> str:
    """Edition, day, number of items and time, in the language in force."""
    count = len(content.present)
    facts = [
        gettext("Edition %(number)s") % {"number": number(content.number, language)},
        day(content.made, language),
        ngettext("%(count)s item", "%(count)s items", count) % {"count": number(count, language)},
    ]
    if content.minutes:
        facts.append(minutes(content.minutes, language))
    return " · ".join(facts)


def minutes(count: int, language: str) -> str:
    """How long reading takes, in the language in force."""
    return ngettext("about %(count)s minute", "about %(count)s minutes", count) % {"count": number(count, language)}
