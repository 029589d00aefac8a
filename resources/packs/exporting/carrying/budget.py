"""How many bytes a carried pack will have, told before it is made: an old stick, or a slow line, may be too small."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from resources.packs.content import FrozenFile, ItemKind, PackContent, PackItem
from resources.packs.exporting.carrying.captions import captions_of
from resources.packs.exporting.carrying.carried import text_of
from resources.packs.exporting.carrying.documents import ENDINGS

# Measured on the demonstration library: bytes in the zip for a byte of text, which holds the text and its index.
_SEARCH_SHARE = {
    "en": 0.53, "id": 0.54, "ms": 0.54, "th": 0.37, "vi": 0.39, "km": 0.38, "lo": 0.39, "my": 0.32, "fil": 0.45,
    "zh-hans": 1.06, "pt": 0.62,
}  # fmt: skip
_SEARCH_ITSELF = 31_000
_PAGES_THEMSELVES, _PAGE_ITSELF = 5_600, 1_900
_PAGE_SHARE = 0.35
_CAPTIONS_IN_PAGE = 0.6
_PICTURE = 25_000
"""Of a picture the edition knows the name alone."""
_FONTS = 30_000
"""What every part of a PDF takes along, of a document that is as large."""
_ENTRY = 150
"""What the zip says of each file, its name told twice."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Bytes in the zip by kind. Those of whole documents, of videos and of captions are exact, if none is left out; the
    others are estimates.
    """

    pages: int
    documents: int
    videos: int
    captions: int
    pictures: int
    search: int

    @property
    def total(self) -> int:
        return self.pages + self.documents + self.videos + self.captions + self.pictures + self.search


Part = tuple[str, int, int]
"""The checksum of a file, and the first and last page that are taken from it; (0, 0) for all of it."""


@dataclass(frozen=True, slots=True)
class ItemBudget:
    """Bytes in the zip for one item. `documents` and `videos` are told by file: what several items have is carried
    once.
    """

    documents: Mapping[Part, int]
    videos: Mapping[Part, int]
    captions: int
    pages: float
    pictures: int
    search: float

    @property
    def files(self) -> int:
        """What its documents, its video and its captions take."""
        return sum(self.documents.values()) + sum(self.videos.values()) + self.captions

    @property
    def is_exact(self) -> bool:
        """Whether `files` is told to the byte: not of pages taken from a document."""
        return not any(first for _, first, _ in self.documents)

    @property
    def total(self) -> int:
        return self.files + round(self.pages + self.pictures + self.search)


def byte_budget(content: PackContent, language: str) -> Budget:
    """What the zip of an edition for readers of `language` will hold; reads no file."""
    return together(item_budget(item, language) for item in content.present)


def together(items: Iterable[ItemBudget]) -> Budget:
    """What the zip of several items will hold."""
    every = list(items)
    return Budget(
        pages=_PAGES_THEMSELVES + round(sum(each.pages for each in every)),
        documents=sum({part: size for each in every for part, size in each.documents.items()}.values()),
        videos=sum({part: size for each in every for part, size in each.videos.items()}.values()),
        captions=sum(each.captions for each in every),
        pictures=sum(each.pictures for each in every),
        search=_SEARCH_ITSELF + round(sum(each.search for each in every)),
    )


def item_budget(item: PackItem, language: str) -> ItemBudget:
    """What one item adds to the zip; reads no file."""
    captions = [each.vtt for each in captions_of(item)]
    return ItemBudget(
        documents={
            (file.checksum, *_pages(item, file)): _document(item, file)
            for file in item.documents_for(language)
            if file.media_type in ENDINGS
        },
        videos={(item.video.checksum, 0, 0): item.video.size + _ENTRY} if item.video else {},
        captions=sum(len(_deflated(vtt)) + _ENTRY for vtt in captions),
        pages=_PAGE_ITSELF
        + _PAGE_SHARE * len(_own_text(item, language).encode("utf-8", "replace"))
        + _CAPTIONS_IN_PAGE * sum(map(len, captions)),
        pictures=_PICTURE + _ENTRY if item.picture else 0,
        search=_searched(item, language),
    )


def _pages(item: PackItem, file: FrozenFile) -> tuple[int, int]:
    """The first and last page that are taken from a document; (0, 0) for all of it."""
    if item.kind is not ItemKind.PAGES or not file.is_pdf or not file.pages:
        return 0, 0
    first, last = max(1, item.first_page or 1), min(item.last_page or file.pages, file.pages)
    return (first, last) if last - first + 1 < file.pages else (0, 0)


def _document(item: PackItem, file: FrozenFile) -> int:
    first, last = _pages(item, file)
    if not first:
        return file.size + _ENTRY
    share = max(1, last - first + 1) / (file.pages or 1)
    return round(share * file.size + (1 - share) * min(file.size, _FONTS)) + _ENTRY


def _own_text(item: PackItem, language: str) -> str:
    text, _ = text_of(item, language)
    return "".join((text.title, text.summary, text.summary, text.body_html, item.note, *item.questions))


def _searched(item: PackItem, language: str) -> float:
    """Bytes of the texts that can be found, weighed by how well their script is compressed."""
    return sum(len(text.encode("utf-8", "replace")) * _share(code) for text, code in _texts(item, language))


def _texts(item: PackItem, language: str) -> Iterator[tuple[str, str]]:
    _, own = text_of(item, language)
    yield _own_text(item, language), own
    for file in item.documents_for(language):
        for passage in item.chosen(file.passages):
            yield passage.text, file.language
    for captions in captions_of(item):
        yield "".join(cue.text for cue in captions.cues), captions.language


def _share(language: str) -> float:
    return _SEARCH_SHARE.get(language, _SEARCH_SHARE["en"])


def _deflated(data: bytes) -> bytes:
    return zlib.compress(data, 9, wbits=-15)
