"""What is said of an item before its own text, as XHTML: title, part, source, note, questions. Words are in the
language in force; texts carry their own.
"""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from resources.models.choices import Licence
from resources.packs.clock import clock
from resources.packs.content import FrozenFile, FrozenPassage, FrozenText, PackItem
from resources.packs.exporting.xhtml import body, element, link, paragraphs
from resources.packs.exporting.xml_text import one_line
from resources.packs.parts import part_of
from resources.places import native_name

_NOTHING = FrozenText(title="", summary="", url="")


def text_of(item: PackItem, reader: str) -> FrozenText:
    """The text that suits a reader, empty if the item has none."""
    return item.text_for(reader) if item.texts else _NOTHING


def title_of(item: PackItem, reader: str) -> str:
    """Its title on one line; there always is one."""
    return one_line(text_of(item, reader).title) or gettext("Without a title")


def language_of(item: PackItem, reader: str) -> str:
    """The language of its text."""
    return item.language_for(reader) or reader


def part_line(item: PackItem, reader: str) -> str:
    """Which part of the work it is, as a line of its own; "" for the whole."""
    return capfirst(part_of(item, reader))


def source(item: PackItem, reader: str) -> list[Any]:
    """Who wrote and published it, when, under which licence, and where it stands online, in other languages too."""
    language = language_of(item, reader)
    year = "" if item.year is None else str(item.year)
    facts = [one_line(fact) for fact in (", ".join(item.authors), item.publisher, year)]
    said: list[Any] = [element("span", fact, lang=language) for fact in facts if fact]
    licence = _licence(item.licence)
    if licence is not None:
        said.append(licence)
    places: list[Any] = []
    if url := text_of(item, reader).url:
        places.append(link(url, gettext("Read it online")))
    if item.source_url:
        places.append(link(item.source_url, gettext("Original")))
    versions: list[Any] = [link(url, native_name(code), lang=code) for code, url in item.elsewhere.items()]
    found = [element("p", _between(line), class_="source") for line in (said, places) if line]
    if versions:
        found.append(element("p", gettext("In other languages"), ": ", _between(versions), class_="source"))
    if item.is_demonstration:
        words = gettext("It was written to show how this library works. Do not cite it or rely on it.")
        found.append(element("p", element("strong", gettext("Demonstration content.")), " ", words, class_="demo"))
    return found


def _between(parts: list[Any]) -> list[Any]:
    return [[" · " if at else None, part] for at, part in enumerate(parts)]


def _licence(value: str) -> Any | None:
    value = one_line(value)
    if not value:
        return None
    try:
        licence = Licence(value.removesuffix("-4.0"))
    except ValueError:
        return element("span", value)
    words = gettext("Licence: %(licence)s") % {"licence": str(licence.label)}
    return link(licence.deed, words) if licence.deed else element("span", words)


def note(item: PackItem, maker_language: str) -> Any | None:
    """What the maker of the pack tells the reader of it."""
    inside = paragraphs(item.note)
    if not inside:
        return None
    heading = element("h2", gettext("Note to the reader"))
    return element("section", heading, element("div", inside, lang=maker_language), class_="note")


def questions(item: PackItem, maker_language: str) -> Any | None:
    """The questions that the maker of the pack asks of it."""
    asked = [words for question in item.questions if (words := one_line(question))]
    if not asked:
        return None
    heading = element("h2", gettext("Questions for discussion"))
    entries = element("ol", [element("li", words) for words in asked], lang=maker_language)
    return element("section", heading, entries, class_="questions")


def own_text(item: PackItem, reader: str) -> Any | None:
    """What the work says of itself: its summary and its own text."""
    text = text_of(item, reader)
    inside = [*(element("div", each, class_="summary") for each in paragraphs(text.summary)), *body(text.body_html)]
    return element("section", inside, lang=language_of(item, reader), class_="text") if inside else None


def transcript(passages: tuple[FrozenPassage, ...], file: FrozenFile) -> Any:
    """Cues with their times."""
    return element(
        "ol",
        [
            element(
                "li", element("span", clock(cue.start or 0), class_="time"), " ", element("span", one_line(cue.text))
            )
            for cue in passages
            if cue.text.strip()
        ],
        lang=file.language,
        class_="transcript",
    )
