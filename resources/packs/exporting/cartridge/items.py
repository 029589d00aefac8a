"""An item in a cartridge: its page, the files that the page opens, its topic for discussion, a link to it online."""

from __future__ import annotations

import math
from typing import Any

from django.utils.translation import gettext

from resources.extraction import FailureReason
from resources.packs.content import FrozenFile, FrozenPassage, PackContent, PackItem
from resources.packs.exporting import item_markup
from resources.packs.exporting.cartridge.manifest import topic, web_link
from resources.packs.exporting.cartridge.names import file_name, readable
from resources.packs.exporting.cartridge.pages import fragment, page
from resources.packs.exporting.cartridge.parts import LONGEST_TITLE, WEB, Entry, Parts, Resource, short
from resources.packs.exporting.cartridge.versions import Version
from resources.packs.exporting.kept_files import KeptFiles
from resources.packs.exporting.left_out import left_out
from resources.packs.exporting.xhtml import append, element, link, paragraphs
from resources.packs.exporting.xml_text import address, one_line
from resources.places import bcp47, number

_STYLE = "style"


class ItemMaker:
    """Adds the items of one cartridge to its parts."""

    def __init__(self, content: PackContent, language: str, version: Version, kept: KeptFiles, parts: Parts) -> None:
        self._content = content
        self._language = language
        self._version = version
        self._kept = kept
        self._parts = parts
        self._files: dict[tuple[str, str], Resource | FailureReason] = {}

    def entries(self, place: int, item: PackItem) -> list[Entry]:
        """The entries of the item at `place`, counted from 1."""
        title = item_markup.title_of(item, self._language)
        name = f"{place:03}-{readable(title, 'item')}"
        found = [self._page(place, name, title, item)]
        if item.gone:
            return found
        asked = item_markup.questions(item, self._content.language)
        if asked is not None:
            found.append(self._topic(place, name, title, item, asked))
        if url := address(item_markup.text_of(item, self._language).url):
            words = gettext("Online: %(title)s") % {"title": short(title, LONGEST_TITLE - 40)}
            found.append(self.link(f"link-{place:03}", name, words, url))
        return found

    def link(self, identifier: str, name: str, title: str, url: str) -> Entry:
        """An entry that leads to the web."""
        resource = Resource(identifier, self._version.link_type, (f"links/{name}.xml",))
        self._parts.add(resource, web_link(title, url, self._version))
        return Entry(f"{identifier}-entry", title, identifier)

    def _page(self, place: int, name: str, title: str, item: PackItem) -> Entry:
        needs = [_STYLE]
        body: list[Any] = [element("h1", title, lang=item_markup.language_of(item, self._language))]
        if item.gone:
            body.append(element("p", one_line(item.gone), lang=self._content.language, class_="gone"))
        else:
            part = item_markup.part_line(item, self._language)
            body.append(element("p", part, class_="part") if part else None)
            body.append(item_markup.source(item, self._language))
            body.append(item_markup.note(item, self._content.language))
            body.append([self._document(item, file, needs) for file in item.documents_for(self._language)])
            if item.video is not None:
                body.append(self._video(item, item.video, title, needs))
            body.append(item_markup.questions(item, self._content.language))
            body.append(item_markup.own_text(item, self._language))
        href = f"pages/{name}.html"
        resource = Resource(f"page-{place:03}", WEB, (href,), href, tuple(needs))
        self._parts.add(resource, page(title, self._language, body))
        return Entry(f"{resource.identifier}-entry", short(title), resource.identifier)

    def _topic(self, place: int, name: str, title: str, item: PackItem, asked: Any) -> Entry:
        words = gettext("Questions for discussion: %(title)s") % {"title": short(title, LONGEST_TITLE - 60)}
        identifier = f"topic-{place:03}"
        text = fragment(
            element(
                "div",
                paragraphs(item_markup.text_of(item, self._language).summary),
                lang=item_markup.language_of(item, self._language),
            ),
            asked.findall("{*}ol"),
        )
        resource = Resource(identifier, self._version.topic_type, (f"topics/{name}.xml",))
        self._parts.add(resource, topic(words, text, self._version))
        return Entry(f"{identifier}-entry", words, identifier)

    def _document(self, item: PackItem, file: FrozenFile, needs: list[str]) -> Any:
        title = one_line(file.title or file.name)
        kept = self._file(file)
        if isinstance(kept, FailureReason):
            return self._left_out(kept, file, title)
        needs.append(kept.identifier)
        href = f"../{kept.href}"
        opened = element("p", element("a", title, href=href, lang=file.language), class_="small")
        pages = item.page_range
        if pages is None or not file.is_pdf:
            return opened
        # Systems that rewrite addresses of files know the file by the plain one, which therefore stands there too.
        first = gettext("Open the document at page %(page)s") % {"page": number(pages[0], self._language)}
        return [element("p", element("a", first, href=f"{href}#page={pages[0]}")), opened]

    def _video(self, item: PackItem, video: FrozenFile, title: str, needs: list[str]) -> Any:
        kept = self._file(video)
        if isinstance(kept, FailureReason):
            return self._left_out(kept, video, one_line(video.title or video.name) or title)
        needs.append(kept.identifier)
        player = element("video", element("source", src=f"../{kept.href}{item.moment}", type=video.media_type))
        player.set("controls", "controls")
        player.set("preload", "metadata")
        shown = item.captions_for(self._language)
        transcripts: list[Any] = []
        for captions in item.captions:
            read = self._kept.passages(captions)
            if isinstance(read, FailureReason):
                transcripts.append(self._left_out(read, captions, one_line(captions.title or captions.name)))
                continue
            track = self._captions(captions, read)
            needs.append(track.identifier)
            made = element(
                "track",
                kind_="captions",
                src=f"../{track.href}",
                srclang=bcp47(captions.language),
                label=captions.title,
            )
            player.append(made)
            if captions is shown:
                made.set("default", "default")
                if cues := item.chosen(read):
                    heading = element("h2", gettext("Transcript"))
                    transcripts.append([heading, item_markup.transcript(cues, captions)])
        plain = element("p", element("a", gettext("Open the video"), href=f"../{kept.href}"), class_="small")
        return [player, plain, transcripts]

    def _left_out(self, reason: FailureReason, file: FrozenFile, title: str) -> Any:
        said = element("p", left_out(reason, title), class_="fault")
        if file.url:
            append(said, [" ", link(file.url, gettext("Read it online"))])
        return said

    def _file(self, file: FrozenFile) -> Resource | FailureReason:
        """The resource of a file, the same for every item that has it."""
        key = (file.checksum, file.media_type)
        if key not in self._files:
            usable = self._kept.usable(file)
            if isinstance(usable, FailureReason):
                self._files[key] = usable
            else:
                self._files[key] = self._parts.add(self._next(file), usable.path)
        return self._files[key]

    def _captions(self, captions: FrozenFile, cues: tuple[FrozenPassage, ...]) -> Resource:
        """Captions as WebVTT, whatever they were."""
        key = (captions.checksum, "text/vtt")
        known = self._files.get(key)
        if isinstance(known, Resource):
            return known
        made = self._next(captions, ending="vtt")
        self._files[key] = made
        return self._parts.add(made, _webvtt(cues))

    def _next(self, file: FrozenFile, ending: str = "") -> Resource:
        place = len(self._files) + 1
        name = file_name(place, file)
        if ending:
            name = f"{name.rpartition('.')[0]}.{ending}"
        return Resource(f"file-{place:03}", WEB, (f"files/{name}",), f"files/{name}")


def _webvtt(cues: tuple[FrozenPassage, ...]) -> bytes:
    lines = ["WEBVTT", ""]
    for cue in cues:
        text = one_line(cue.text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        start = cue.start or 0.0
        if text and cue.end is not None and math.isfinite(start) and start < cue.end < math.inf:
            lines += [f"{_moment(start)} --> {_moment(cue.end)}", text, ""]
    return "\n".join(lines).encode()


def _moment(seconds: float) -> str:
    thousandths = round(max(seconds, 0) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
