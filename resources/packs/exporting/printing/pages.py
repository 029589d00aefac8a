"""An edition as the data from which the template makes pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from resources.packs.clock import clock
from resources.packs.content import PackContent, PackItem, PackSection
from resources.packs.exporting.left_out import left_out
from resources.packs.exporting.originals.types import Original, Refused
from resources.packs.exporting.printing.choosing import Chosen, Document
from resources.packs.exporting.printing.facts import address, facts, item_address, line
from resources.packs.exporting.printing.markup import cut, tree
from resources.packs.exporting.printing.pictures import still_picture
from resources.packs.exporting.printing.texts import line_of, paragraphs, said, shortened
from resources.packs.exporting.printing.typography import typography_of
from resources.packs.exporting.printing.words import cover_facts, words
from resources.packs.exporting.types import ExportOptions, FindFile, Paper
from resources.packs.parts import part_of

ARTICLE_CHARACTERS = 400_000
NOTE_CHARACTERS = 50_000
MOST_CUES = 4_000
COLOURS = {
    "deep": "#0d4a57",
    "gold": "#8a5706",
    "sun": "#f2c14e",
    "ink": "#1d2733",
    "soft": "#56616d",
    "line": "#d9d2c2",
    "rice": "#f6f1e4",
    "mist": "#eaf3f2",
    "band": "#08343d",
    "on-band": "#ffffff",
}
"""Those of the portal's style sheet."""
GREYS = {
    "deep": "#000000",
    "gold": "#333333",
    "sun": "#808080",
    "ink": "#000000",
    "soft": "#4d4d4d",
    "line": "#b3b3b3",
    "rice": "#f0f0f0",
    "mist": "#f0f0f0",
    "band": "#ffffff",
    "on-band": "#000000",
}


class PageData:
    """Builds the data in the language in force, which is that of `options`."""

    def __init__(
        self, content: PackContent, options: ExportOptions, chosen: Mapping[str, Chosen], find: FindFile, folder: Path
    ) -> None:
        self._content, self._options, self._chosen, self._find, self._folder = content, options, chosen, find, folder
        self.originals: list[Original] = []
        self._languages = {options.language, content.language}
        self._number = 0

    def build(self, tell: Callable[[], None]) -> dict[str, Any]:
        """The template's data. Then `originals` are the documents that it numbers, in order. `tell` is called before
        each item.
        """
        self._tell = tell
        content, language = self._content, self._options.language
        made_up = any(item.is_demonstration for item in content.present)
        data: dict[str, Any] = {
            "title": line_of(content.title),
            "authors": [line_of(content.maker)] if line_of(content.maker) else [],
            "made": [content.made.year, content.made.month, content.made.day],
            "language": language,
            "paper": {Paper.A4: "a4", Paper.LETTER: "us-letter"}[self._options.paper],
            "colours": GREYS if self._options.black_and_white else COLOURS,
            "words": words(),
            "cover-title": self._said(content.title, content.language),
            "short-title": self._said(shortened(content.title), content.language),
            "maker": self._said(content.maker, content.language) if line_of(content.maker) else None,
            "facts": cover_facts(content, language),
            "part-of": None,
            "based-on": self._based_on(),
            "demonstration": gettext("This pack holds demonstration content, made up to show how the library works.")
            if made_up
            else None,
            "address": address(content.url),
            "introduction": self._paragraphs(content.introduction, content.language),
            "sections": [self._section(section) for section in content.sections if section.items],
        }
        data["languages"] = {code: typography_of(code).for_template() for code in sorted(self._languages | {"en"})}
        return data

    def _said(self, text: str, language: str) -> dict[str, Any]:
        self._languages.add(language)
        return said(text, language)

    def _paragraphs(self, text: str, language: str) -> dict[str, Any] | None:
        self._languages.add(language)
        return paragraphs(text[:NOTE_CHARACTERS], language)

    def _based_on(self) -> dict[str, str] | None:
        if self._content.based_on is None:
            return None
        title, url = self._content.based_on
        return {
            "words": gettext("Based on the pack “%(title)s”") % {"title": line_of(title)},
            "url": address(url)["url"],
        }

    def _section(self, section: PackSection) -> dict[str, Any]:
        title = self._said(section.title, self._content.language) if line_of(section.title) else None
        return {"title": title, "items": [self._item(item) for item in section.items]}

    def _item(self, item: PackItem) -> dict[str, Any]:
        self._tell()
        self._number += 1
        language = self._options.language
        told = item.text_for(language) if item.texts else None
        own = item.language_for(language) or language
        title = self._said(told.title if told else item.work, own)
        data: dict[str, Any] = {"number": str(self._number), "label": f"item-{self._number}", "title": title}
        if item.gone or told is None:
            gone = item.gone or gettext("This item is no longer available.")
            return data | {"gone": self._said(gone, self._content.language if item.gone else language)}
        chosen = self._chosen[item.key]
        documents = tuple(document.file for document in chosen.documents)
        return data | {
            "gone": None,
            "line": line(item, language),
            "demonstration": gettext("Demonstration content.") if item.is_demonstration else None,
            "summary": self._paragraphs(told.summary, own),
            "note": self._paragraphs(item.note, self._content.language),
            "questions": [
                asked for text in item.questions if (asked := self._paragraphs(text, self._content.language))
            ],
            "facts": facts(item, documents, language),
            "address": item_address(item, documents, language),
            "parts": self._parts(item, chosen, own),
        }

    def _parts(self, item: PackItem, chosen: Chosen, own: str) -> list[dict[str, Any]]:
        parts = []
        if chosen.article:
            parts += self._article(item, own)
        if chosen.film:
            parts.append(self._film(item))
        several = len(chosen.documents) > 1
        return parts + [self._document(document, several) for document in chosen.documents]

    def _article(self, item: PackItem, own: str) -> list[dict[str, Any]]:
        body, is_cut = cut(tree(item.texts[own].body_html, own), ARTICLE_CHARACTERS)
        if not body:
            return []
        rest = gettext("The rest of this text can be read online.") if is_cut else None
        return [{"kind": "article", "lang": own, "body": body, "cut": rest}]

    def _film(self, item: PackItem) -> dict[str, Any]:
        picture = f"picture-{self._number}.jpg"
        grey = self._options.black_and_white
        shown = bool(item.picture) and still_picture(item.picture, self._find, self._folder / picture, grey=grey)
        part = part_of(item, self._options.language)
        watch = gettext("Watch the video")
        return {
            "kind": "film",
            "picture": picture if shown else None,
            "address": item_address(item, (), self._options.language),
            "words": f"{watch} · {part}" if part else watch,
            "transcript": self._transcript(item),
        }

    def _transcript(self, item: PackItem) -> dict[str, Any] | None:
        captions = item.captions_for(self._options.language)
        if captions is None:
            return None
        cues = [cue for cue in item.chosen(captions.passages) if line_of(cue.text)][:MOST_CUES]
        if not cues:
            return None
        return {
            "words": gettext("Transcript"),
            "cues": [{"time": clock(cue.start or 0), "text": self._said(cue.text, captions.language)} for cue in cues],
        }

    def _document(self, document: Document, several: bool) -> dict[str, Any]:
        file, found = document.file, document.found
        name = file.title or file.name
        if isinstance(found, Refused):
            return {
                "kind": "refusal",
                "reason": self._said(left_out(found.reason, name, in_print=True), self._options.language),
                "address": address(file.url),
            }
        self.originals.append(found)
        return {
            "kind": "original",
            "title": self._said(name, file.language or self._options.language) if several else None,
            "document": len(self.originals) - 1,
            "pages": len(found.pages),
        }
