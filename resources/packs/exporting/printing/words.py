"""The words between the texts of a printed pack, in the language of its reader."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from resources.packs.content import PackContent
from resources.places import day, number


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
