"""What the scripts of a carried pack are told: the index, the analysis' tables, the items and all words they say."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.packs.content import PackContent
from resources.packs.exporting.carrying.carried import CarriedItem
from resources.packs.exporting.carrying.index import indexed, places_of
from resources.packs.exporting.carrying.types_of_works import type_in_words
from resources.places import bcp47, native_name
from search.analysis.for_browsers import tables

_SCRIPTS = Path(__file__).parent / "scripts"
_SEARCH = ("folding.js", "analysis.js", "marking.js", "finding.js", "showing.js")


def search_script() -> str:
    """`search.js`: a classic script, as a page opened from a disk may load no module."""
    return "\n".join((_SCRIPTS / name).read_text(encoding="utf-8") for name in _SEARCH)


def film_script() -> str:
    return (_SCRIPTS / "film.js").read_text(encoding="utf-8")


def search_data(content: PackContent, items: Sequence[CarriedItem], progress: Callable[[float], None]) -> str:
    """`search-data.js`, with words in the language in force; `progress` is told which share of it is done."""
    places = []
    for at, item in enumerate(items):
        # Texts are cleaned, and the languages of notes found.
        progress(0.0)
        places += list(places_of(at, item))
    told = max(1, len(places) // 50)
    data = indexed(_telling(places, told, progress))
    languages: list[str] = data["languages"]
    data |= {
        "title": content.title,
        "tags": {code: bcp47(code) for code in languages},
        "tables": tables(),
        "items": [_item(item) for item in items],
        "words": _words([native_name(code) for code in languages]),
    }
    # Line separators end a line in scripts of browsers before 2019, and < begins a tag where a page quotes the script.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("<", "\\u003c")
    return f"globalThis.PACK={text};\n"


def _telling(places: Sequence[Any], every: int, progress: Callable[[float], None]) -> Any:
    for at, place in enumerate(places):
        if at % every == 0:
            progress(at / len(places))
        yield place


def _item(carried: CarriedItem) -> dict[str, Any]:
    return {
        "title": carried.text.title,
        "language": carried.language,
        "href": carried.page,
        "kind": type_in_words(carried.item.type),
        "files": [{"href": file.name, "before": file.before} for file in carried.documents],
    }


def _words(languages: Sequence[str]) -> dict[str, Any]:
    return {
        "kinds": {
            "summary": _("Summary"),
            "text": _("Text"),
            "note": _("Note to the reader"),
            "questions": _("Questions for discussion"),
        },
        "page": _("page %(page)s"),
        "more": _("%(more)s more"),
        "works": _plural(lambda n: ngettext("%(shown)s work for “%(asked)s”", "%(shown)s works for “%(asked)s”", n)),
        "places": _plural(lambda n: ngettext("%(shown)s place found", "%(shown)s places found", n)),
        "nothing": _("Nothing found for “%(asked)s”"),
        "some": _("Nothing holds all of these words. These results hold some of them."),
        "similar": _("Nothing holds these words as written. These results hold similar ones."),
        "spelling": _("Check the spelling, or try the word as it is written in English."),
        "fewer": _("Use fewer words, or a more general one."),
        "holds": _("This pack holds texts in these languages: %(languages)s.") % {"languages": ", ".join(languages)},
    }


def _plural(sentence: Callable[[int], str]) -> dict[str, Any]:
    """A sentence's forms and which of them a number has: 0 to 19 by itself, any other by its last digit."""
    told = [sentence(number) for number in range(30)]
    forms = list(dict.fromkeys(told))
    return {"forms": forms, "of": [forms.index(each) for each in told]}
