"""A chapter an item: what is said of it, its own text, the text of its documents page by page, its transcript."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from resources.extraction import FailureReason
from resources.packs.content import FrozenFile, FrozenPassage, PackContent, PackItem
from resources.packs.exporting import item_markup
from resources.packs.exporting.ebook.documents import BookDocument, BookPage, Chapter, document
from resources.packs.exporting.kept_files import KeptFiles
from resources.packs.exporting.left_out import left_out
from resources.packs.exporting.running_text import running
from resources.packs.exporting.xhtml import element, link
from resources.packs.exporting.xml_text import one_line
from resources.places import number

# Reading systems open a document as a whole: longer ones are slow on small devices.
LONGEST_DOCUMENT = 200_000
# More pages than any work has; a number that someone typed is not a promise.
MOST_PAGES = 5_000
_LABEL = 40


class ChapterMaker:
    """Makes the chapters of one book."""

    def __init__(self, content: PackContent, language: str, kept: KeptFiles) -> None:
        self._content = content
        self._language = language
        self._kept = kept

    def chapter(self, place: int, item: PackItem, section: str) -> Chapter:
        """The chapter of the item at `place`, counted from 1, in the section called `section`."""
        title = item_markup.title_of(item, self._language)
        opening = [self._opening(item, title, section)]
        parts = _Parts(f"chapter-{place:03}", title, self._language, opening)
        if item.gone:
            parts.add(element("p", one_line(item.gone), lang=self._content.language, class_="gone"))
        else:
            for block in (
                item_markup.note(item, self._content.language),
                item_markup.questions(item, self._content.language),
                item_markup.own_text(item, self._language),
            ):
                parts.add(block)
            for at, file in enumerate(item.documents_for(self._language), 1):
                self._document(parts, item, file, at)
            if item.video is not None:
                self._video(parts, item, item.video)
        return Chapter(title, item_markup.language_of(item, self._language), parts.documents(), tuple(parts.pages))

    def _opening(self, item: PackItem, title: str, section: str) -> Any:
        part = "" if item.gone else item_markup.part_line(item, self._language)
        return element(
            "header",
            element("p", section, lang=self._content.language, class_="within") if section else None,
            element("h1", title, lang=item_markup.language_of(item, self._language)),
            element("p", part, class_="part") if part else None,
            [] if item.gone else item_markup.source(item, self._language),
        )

    def _document(self, parts: _Parts, item: PackItem, file: FrozenFile, at: int) -> None:
        title = one_line(file.title or file.name) or item_markup.title_of(item, self._language)
        parts.add(element("h2", title, lang=file.language))
        if file.url:
            parts.add(element("p", link(file.url, gettext("Open the document online")), class_="small"))
        passages = self._kept.passages(file)
        if isinstance(passages, FailureReason):
            parts.add(element("p", left_out(passages, title), class_="fault"))
            return
        texts: dict[int, str] = {}
        for passage in item.chosen(passages):
            # A document without pages is one.
            page = passage.page or 1
            texts[page] = f"{texts[page]}\n{passage.text}" if page in texts else passage.text
        pages = item.page_range
        first, last = pages or (1, file.pages or max((each.page or 1 for each in passages), default=1))
        last = min(last, file.pages or max(texts, default=first), first + MOST_PAGES)
        if not texts:
            parts.add(element("p", gettext("No text can be read from these pages."), class_="fault"))
            return
        for page in range(first, last + 1):
            self._page(parts, file, f"{parts.name}-{at}-{page}", page, texts.get(page, ""), title)

    def _page(self, parts: _Parts, file: FrozenFile, identifier: str, page: int, text: str, title: str) -> None:
        shown = number(page, self._language)
        blocks = [element("p", words) for words in running(text)]
        section = element(
            "section",
            element("span", id=identifier, kind="pagebreak", role="doc-pagebreak", aria_label=shown),
            element("h3", gettext("Page %(page)s") % {"page": shown}),
            element("div", blocks, lang=file.language)
            if blocks
            else element("p", gettext("No text can be read from this page."), class_="small"),
            class_="page",
        )
        href = parts.add(section, weight=len(text))
        short = title if len(title) <= _LABEL else title[: _LABEL - 1].rstrip() + "…"
        parts.pages.append(BookPage(f"{short}: {shown}", f"{href}#{identifier}"))

    def _video(self, parts: _Parts, item: PackItem, video: FrozenFile) -> None:
        parts.add(element("h2", gettext("Transcript")))
        if video.url:
            span = item.seconds
            moment = f"#t={span[0]:g}" if span else ""
            parts.add(element("p", link(video.url + moment, gettext("Watch the video online")), class_="small"))
        cues, captions = self._cues(item)
        if isinstance(cues, FailureReason):
            name = one_line(captions.title or captions.name) if captions else ""
            parts.add(element("p", left_out(cues, name or gettext("Transcript")), class_="fault"))
        elif captions is None or not cues:
            parts.add(element("p", gettext("There is no transcript of this part."), class_="fault"))
        else:
            parts.add(item_markup.transcript(cues, captions), weight=sum(len(cue.text) for cue in cues))

    def _cues(self, item: PackItem) -> tuple[tuple[FrozenPassage, ...] | FailureReason, FrozenFile | None]:
        captions = item.captions_for(self._language)
        if captions is None:
            return (), None
        read = self._kept.passages(captions)
        return (read if isinstance(read, FailureReason) else item.chosen(read)), captions


class _Parts:
    """Blocks of a chapter, in as many documents as they need."""

    def __init__(self, name: str, title: str, language: str, opening: list[Any]) -> None:
        self.name = name
        self.pages: list[BookPage] = []
        self._title = title
        self._language = language
        self._blocks: list[list[Any]] = [opening]
        self._weight = 0

    def add(self, block: Any | None, *, weight: int = 0) -> str:
        """Add a block that holds so many characters; where it stands is returned."""
        if self._weight and self._weight + weight > LONGEST_DOCUMENT:
            self._blocks.append([])
            self._weight = 0
        self._weight += weight
        if block is not None:
            self._blocks[-1].append(block)
        return f"{self._identifier(len(self._blocks))}.xhtml"

    def documents(self) -> tuple[BookDocument, ...]:
        return tuple(
            document(
                self._identifier(at),
                self._title,
                self._language,
                "bodymatter",
                element("section", blocks, kind="chapter" if at == 1 else ""),
            )
            for at, blocks in enumerate(self._blocks, 1)
        )

    def _identifier(self, at: int) -> str:
        return self.name if at == 1 else f"{self.name}-{at}"
