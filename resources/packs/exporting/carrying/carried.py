"""What of a pack is carried: each item with its page, its files and pictures, and where they stand in the zip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from resources.extraction.types import FailureReason
from resources.packs.content import FrozenFile, FrozenText, ItemKind, PackContent, PackItem
from resources.packs.exporting.carrying.captions import Captions, captions_of
from resources.packs.exporting.carrying.documents import ENDINGS, checked, chosen_pages
from resources.packs.exporting.carrying.names import Names
from resources.packs.exporting.cutting.cutter import Cutter
from resources.packs.exporting.left_out import left_out
from resources.packs.exporting.types import FindFile

_PICTURE_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """A document or a film. `name` is its path in the zip, "" if it is left out; `note` tells the reader why, or what
    else is to be said. Of a part of a document `before` is how many pages of the whole come before its first.
    """

    file: FrozenFile
    name: str
    size: int = 0
    note: str = ""
    before: int = 0
    source: Path | None = None


@dataclass(frozen=True, slots=True)
class CarriedItem:
    """An item that is not gone. `number` counts from 1; `page` is the path of its page in the zip; `picture` that of
    its picture, "" if it has none; `captions` are named by `caption_names` in the same order.
    """

    number: int
    item: PackItem
    text: FrozenText
    language: str
    page: str
    picture: str = ""
    documents: tuple[CarriedFile, ...] = ()
    video: CarriedFile | None = None
    captions: tuple[Captions, ...] = ()
    caption_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """All that goes into the zip but the pages: `files` are what to write as it is, by path in the zip. Pages that were
    taken from a document are there as long as the cutter that took them.
    """

    items: dict[str, CarriedItem]
    files: dict[str, Path]


def text_of(item: PackItem, language: str) -> tuple[FrozenText, str]:
    """What an item says of itself to a reader of `language`, and in which language that is."""
    if not item.texts:
        return FrozenText(title=item.work, summary="", url=""), language
    text = item.text_for(language)
    # A link must have words.
    return (text if text.title.strip() else replace(text, title=item.work)), item.language_for(language)


def carried(content: PackContent, language: str, find: FindFile, cutter: Cutter, tell: Callable[[], None]) -> Carried:
    """Look at every file of a pack. To be called with `language` in force. `tell` is called before each file, and ends
    it by raising; raises nothing else for any content.
    """
    plan = _Plan(language, find, cutter, tell)
    items = {item.key: plan.item(number, item) for number, item in enumerate(content.items, 1) if not item.gone}
    return Carried(items, plan.files)


class _Plan:
    def __init__(self, language: str, find: FindFile, cutter: Cutter, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._language = language
        self._find = find
        self._cutter = cutter
        self._names = Names()
        # The same file in two items is carried once.
        self._known: dict[tuple[str, int | None, int | None], CarriedFile] = {}
        self.files: dict[str, Path] = {}

    def item(self, number: int, item: PackItem) -> CarriedItem:
        text, language = text_of(item, self._language)
        captions = captions_of(item)
        documents = tuple(self._document(number, item, file) for file in item.documents_for(self._language))
        video = self._whole(number, "media", item.video) if item.video else None
        return CarriedItem(
            number=number,
            item=item,
            text=text,
            language=language,
            page=self._names.give("items", number, "", ".html"),
            picture=self._picture(number, item.picture) if item.picture else "",
            documents=documents,
            video=video,
            captions=captions,
            caption_names=tuple(
                self._names.give("media", number, f"captions-{each.language}", ".vtt") for each in captions
            ),
        )

    def _document(self, number: int, item: PackItem, file: FrozenFile) -> CarriedFile:
        first, last = item.first_page or 1, item.last_page or file.pages or 0
        if item.kind is not ItemKind.PAGES or not file.is_pdf or (first == 1 and last == file.pages):
            return self._whole(number, "files", file)
        key = (file.checksum, first, last)
        if key not in self._known:
            self._known[key] = self._pages(number, file, first, last)
        return self._known[key]

    def _pages(self, number: int, file: FrozenFile, first: int, last: int) -> CarriedFile:
        self._tell()
        path = checked(file, self._find, self._cutter)
        if isinstance(path, FailureReason):
            return CarriedFile(file, "", note=left_out(path, file.title or file.name))
        part = chosen_pages(path, first, last, self._cutter)
        if part is None:
            whole = self._whole(number, "files", file)
            said = _("The chosen pages could not be taken out of the document, so that all of it is here.")
            return CarriedFile(file, whole.name, whole.size, said, source=whole.source)
        wanted = f"{file.name.rpartition('.')[0] or file.name}"[:30] + f"-p{first}-{last}"
        found = CarriedFile(file, "", part.stat().st_size, before=first - 1, source=part)
        return self._put(found, "files", number, wanted)

    def _whole(self, number: int, folder: str, file: FrozenFile) -> CarriedFile:
        key = (file.checksum, None, None)
        if key not in self._known:
            self._tell()
            path = checked(file, self._find, self._cutter)
            if isinstance(path, FailureReason):
                self._known[key] = CarriedFile(file, "", note=left_out(path, file.title or file.name))
            else:
                found = CarriedFile(file, "", path.stat().st_size, source=path)
                self._known[key] = self._put(found, folder, number, file.name.rpartition(".")[0] or file.name)
        return self._known[key]

    def _put(self, found: CarriedFile, folder: str, number: int, wanted: str) -> CarriedFile:
        name = self._names.give(folder, number, wanted, ENDINGS[found.file.media_type])
        assert found.source is not None
        self.files[name] = found.source
        return CarriedFile(found.file, name, found.size, found.note, found.before, found.source)

    def _picture(self, number: int, checksum: str) -> str:
        """The path of a picture, "" if it is no WebP picture: it is an ornament that nobody need be told of."""
        try:
            path = self._find(checksum)
            if path.stat().st_size > _PICTURE_BYTES:
                return ""
            with path.open("rb") as opened:
                head = opened.read(16)
        except (LookupError, OSError):
            return ""
        if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
            return ""
        name = self._names.give("pictures", number, "", ".webp")
        self.files[name] = path
        return name
