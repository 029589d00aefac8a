"""A reading pack as it was handed out: frozen values that pages and exports are made from. Knows no model.

Texts by language are mappings from a language code to a value. `best` says which of them suits a reader.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

Value = TypeVar("Value")


class ItemKind(StrEnum):
    """What of a work an item is: all of it, pages of a document, or a span of a video."""

    WORK = "work"
    PAGES = "pages"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class FrozenPassage:
    """The text of a page (counted from 1), or of a caption cue with its times in seconds."""

    text: str
    page: int | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A file as it was when the edition was made.

    `checksum` (SHA-256, hexadecimal) names its bytes, which the edition keeps. `document` is the number of the document
    that it was. `passages` are the pages of a document or the cues of captions, empty when nothing could be read.
    """

    checksum: str
    document: int
    name: str
    title: str
    language: str
    media_type: str
    size: int
    url: str
    pages: int | None = None
    duration: float | None = None
    licence: str = ""
    passages: tuple[FrozenPassage, ...] = ()

    @property
    def is_pdf(self) -> bool:
        return self.media_type == "application/pdf"

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")

    @property
    def is_captions(self) -> bool:
        return self.media_type in {"text/vtt", "application/x-subrip"}


@dataclass(frozen=True, slots=True)
class FrozenText:
    """What a work says of itself in one language. `body_html` is its own text in `ALLOWED_TAGS`, "" if it has none;
    `url` is the absolute address of the page.
    """

    title: str
    summary: str
    url: str
    body_html: str = ""


_PLAIN_TAGS = (
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "strong", "em", "b", "i", "br", "hr", "sup", "sub"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
)
ALLOWED_TAGS: Mapping[str, frozenset[str]] = {**dict.fromkeys(_PLAIN_TAGS, frozenset()), "a": frozenset({"href"})}
"""The tags of `FrozenText.body_html`, each with its attributes. Addresses of links are absolute."""


@dataclass(frozen=True, slots=True)
class PackItem:
    """A work, pages of a document or a span of a video, with what the maker of the pack says of it.

    `key` names the item within its pack, from edition to edition. `language` is the version that the maker wants, ""
    for each reader's own. Of a `PAGES` item `files` holds its document alone, of a `SPAN` item its video and all
    captions; of a whole work all its files in all languages. `first_page`, `last_page` count from 1; `start` and `end`
    are seconds. `picture` is the checksum of a WebP picture of it, "" if there is none. `minutes` of reading or
    watching, in the pack's language. `gone` says in the pack's language why it is left out now: a work that was
    withdrawn or restricted has no texts and no files any more but its title. Of a `PAGES` item `elsewhere` are, by
    language, the absolute addresses of the documents that the work has in other languages: as the library has them when
    the edition is shown, so that an edition keeps none.
    """

    key: str
    work: str
    type: str
    kind: ItemKind
    texts: Mapping[str, FrozenText]
    files: tuple[FrozenFile, ...] = ()
    language: str = ""
    first_page: int | None = None
    last_page: int | None = None
    start: float | None = None
    end: float | None = None
    note: str = ""
    questions: tuple[str, ...] = ()
    minutes: int = 0
    authors: tuple[str, ...] = ()
    publisher: str = ""
    year: int | None = None
    licence: str = ""
    source_url: str = ""
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    picture: str = ""
    is_demonstration: bool = False
    gone: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def language_for(self, reader: str) -> str:
        """The language in which `reader` sees it: the one that the maker wants, else the reader's own, else English,
        else the first.
        """
        return best_language(self.texts, self.language, reader)

    def text_for(self, reader: str) -> FrozenText:
        """Its title and summary in the language that suits a reader best."""
        return self.texts[self.language_for(reader)]

    def documents_for(self, reader: str) -> tuple[FrozenFile, ...]:
        """The documents (no video, no captions) to read, in the language that suits a reader best; those of one
        language together.
        """
        documents = [file for file in self.files if not file.is_video and not file.is_captions]
        wanted = best_language([file.language for file in documents], self.language, reader)
        return tuple(file for file in documents if file.language == wanted)

    @property
    def page_range(self) -> tuple[int, int] | None:
        """The first and the last page that it is of its document; None for all of it."""
        if self.kind is not ItemKind.PAGES or self.first_page is None:
            return None
        first = max(self.first_page, 1)
        return first, max(self.last_page or first, first)

    @property
    def seconds(self) -> tuple[float, float] | None:
        """From where to where of its video it is; None for all of it. The end may be infinite."""
        if self.kind is not ItemKind.SPAN or (self.start is None and self.end is None):
            return None
        start = self.start or 0.0
        return start, self.end if self.end is not None and self.end > start else math.inf

    @property
    def moment(self) -> str:
        """What follows the address of its video, so that a player shows the span: '#t=130,275'; "" for all of it."""
        if (span := self.seconds) is None:
            return ""
        start, end = span
        return f"#t={start:g}" + ("" if math.isinf(end) else f",{end:g}")

    def chosen(self, passages: Iterable[FrozenPassage]) -> tuple[FrozenPassage, ...]:
        """Of the passages of one of its files those that it is of, in their order. A cue without an end is of the
        moment at which it starts.
        """
        if (pages := self.page_range) is not None:
            return tuple(each for each in passages if pages[0] <= (each.page or 0) <= pages[1])
        if (span := self.seconds) is not None:
            return tuple(each for each in passages if _is_shown(each, *span))
        return tuple(passages)

    @property
    def video(self) -> FrozenFile | None:
        return next((file for file in self.files if file.is_video), None)

    @property
    def captions(self) -> tuple[FrozenFile, ...]:
        return tuple(file for file in self.files if file.is_captions)

    def captions_for(self, reader: str) -> FrozenFile | None:
        """The captions that suit a reader best."""
        wanted = best_language([file.language for file in self.captions], self.language, reader)
        return next((file for file in self.captions if file.language == wanted), None)


def _is_shown(cue: FrozenPassage, start: float, end: float) -> bool:
    """Whether any of a cue is shown from `start` on and before `end`."""
    if cue.start is None or cue.start >= end:
        return False
    return cue.start >= start or (cue.end is not None and cue.end > start)


@dataclass(frozen=True, slots=True)
class PackSection:
    """Items under a heading; the first section of a pack may have none (title "")."""

    title: str
    items: tuple[PackItem, ...]


@dataclass(frozen=True, slots=True)
class PackContent:
    """A numbered edition of a pack. `url` is the absolute address of this edition, `code` the pack's short code;
    `language` is that of the learners. `based_on` credits the pack it was copied from: (title, absolute address).
    """

    code: str
    number: int
    title: str
    language: str
    url: str
    made: date
    introduction: str = ""
    maker: str = ""
    sections: tuple[PackSection, ...] = ()
    target_minutes: int | None = None
    based_on: tuple[str, str] | None = None

    @property
    def items(self) -> tuple[PackItem, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @property
    def present(self) -> tuple[PackItem, ...]:
        """The items that are not gone."""
        return tuple(item for item in self.items if not item.gone)

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.present)


def best_language(existing: Iterable[str], *wanted: str) -> str:
    """The first of `wanted` that exists, else English, else the first that exists; "" if none does."""
    there = list(existing)
    for language in (*wanted, "en"):
        if language and language in there:
            return language
    return there[0] if there else ""


def best(values: Mapping[str, Value], *wanted: str) -> Value:
    """The value in the language of `best_language`. Raises `KeyError` if there is none."""
    return values[best_language(values, *wanted)]
