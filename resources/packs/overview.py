"""A pack as its makers see it: what each item is, how long it takes, and the languages in which it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from resources.indexing import cover_url
from resources.models import ResourcePage
from resources.packs.body import body_html
from resources.packs.choosing import Choice
from resources.packs.content import FrozenPassage, FrozenText, ItemKind, PackItem, best_language
from resources.packs.gathering import frozen_file, minutes
from resources.packs.models import Item, Pack, Section
from resources.packs.open_works import OpenWork, open_works
from resources.packs.passages import passages_of
from resources.source import type_label


@dataclass(frozen=True, slots=True)
class ItemOverview:
    """An item and its work, None when that is not open to everyone any more. `title` is in `language`, the best one for
    who looks. `readable` are the languages of what is to be read or heard, `summaries` those of the pages that tell of
    it. `pages` and `duration` (seconds) are of the document that the item is a part of.
    """

    item: Item
    work: OpenWork | None
    title: str = ""
    language: str = ""
    type: str = ""
    kind: str = ""
    url: str = ""
    cover: str = ""
    file: str = ""
    minutes: int = 0
    pages: int | None = None
    duration: float | None = None
    readable: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()

    @property
    def choice(self) -> str:
        item = self.item
        return str(
            Choice(
                item.work, ItemKind(item.kind), item.document_id, item.first_page, item.last_page, item.start, item.end
            )
        )

    @property
    def languages(self) -> list[str]:
        """Every language that some of it is in."""
        return list(dict.fromkeys([*self.readable, *self.summaries]))


@dataclass(frozen=True, slots=True)
class SectionOverview:
    section: Section
    items: tuple[ItemOverview, ...]


@dataclass(frozen=True, slots=True)
class PackOverview:
    pack: Pack
    sections: tuple[SectionOverview, ...]

    @property
    def items(self) -> list[ItemOverview]:
        return [item for section in self.sections for item in section.items]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)


def overview(pack: Pack, ui: str) -> PackOverview:
    """The pack for a maker who reads `ui`. The number of queries does not depend on the number of items."""
    items = list(pack.items.select_related("section"))
    works = open_works(item.work for item in items)
    told = {item.pk: _overview_of(item, works.get(item.work), ui) for item in items}
    times = _minutes([(item, work) for item in items if (work := works.get(item.work))], pack.language)
    return PackOverview(
        pack,
        tuple(
            SectionOverview(
                section,
                tuple(
                    replace(told[item.pk], minutes=times.get(item.pk, 0))
                    for item in items
                    if item.section_id == section.pk
                ),
            )
            for section in pack.sections.all()
        ),
    )


def _overview_of(item: Item, work: OpenWork | None, ui: str) -> ItemOverview:
    if work is None:
        return ItemOverview(item, None)
    page = work.page_for(ui)
    file = work.file_of(item.document_id)
    if item.kind != ItemKind.WORK and file is None:
        # Its document was replaced: what stays open of the work is not what the maker chose.
        return ItemOverview(item, None, title=page.title, language=page.locale.language_code)
    return ItemOverview(
        item,
        work,
        title=page.title,
        language=page.locale.language_code,
        type=page.type_slug,
        kind=type_label(page.type_slug, ui),
        url=page.get_url() or "",
        cover=cover_url(page, list(work.files)),
        file=(file.label or file.document.title) if file and len(work.documents) > 1 else "",
        pages=file.document.pages if file else None,
        duration=file.document.duration if file else None,
        readable=_readable(item, work),
        summaries=tuple(work.pages),
    )


def _readable(item: Item, work: OpenWork) -> tuple[str, ...]:
    """The languages of what the item shows itself: its documents, else the captions of its film, else its pages."""
    documents = [file for file in work.files if not file.document.is_video and not file.document.is_captions]
    if item.kind == ItemKind.PAGES:
        documents = [file for file in documents if file.document_id == item.document_id]
    captions = [file for file in work.files if file.document.is_captions]
    if item.kind == ItemKind.SPAN or (work.video is not None and not documents):
        found = [file.text_language for file in (*captions, *work.files) if not file.document.is_pdf]
    elif documents:
        found = [file.text_language for file in documents]
    else:
        found = list(work.pages)
    return tuple(dict.fromkeys(language for language in found if language))


_MOST = 5_000
_known: dict[tuple[object, ...], int] = {}
"""Reading times by all that they depend on: words are counted once, not each time that somebody arranges a pack."""


def _minutes(items: Iterable[tuple[Item, OpenWork]], language: str) -> dict[int, int]:
    found: dict[int, int] = {}
    missing: list[tuple[Item, OpenWork, tuple[object, ...]]] = []
    for item, work in items:
        key = state_of(item, work, language)
        if key in _known:
            found[item.pk] = _known[key]
        else:
            missing.append((item, work, key))
    if len(_known) + len(missing) > _MOST:
        _known.clear()
    texts = passages_of({file.document_id for _, work, _ in missing for file in work.files})
    for item, work, key in missing:
        found[item.pk] = _known[key] = minutes(_measured(item, work, texts), language)
    return found


def state_of(item: Item, work: OpenWork, language: str) -> tuple[object, ...]:
    """All that what is read of an item depends on: while it is the same, so are its length and its weight."""
    files = tuple((file.document.checksum, file.text_language) for file in work.files)
    pages = tuple((page.pk, page.last_published_at) for page in work.pages.values())
    span = (item.first_page, item.last_page, item.start, item.end)
    return (language, item.kind, item.language, item.document_id, span, files, pages)


def _measured(item: Item, work: OpenWork, texts: Mapping[int, tuple[FrozenPassage, ...]]) -> PackItem:
    files = tuple(
        frozen_file(file, texts.get(file.document_id, ()))
        for file in work.files
        if item.kind == ItemKind.WORK or file.document_id == item.document_id
    )
    has_text = any(file.passages for file in files if not file.is_captions)
    return PackItem(
        key=item.key,
        work=str(item.work),
        type="",
        kind=ItemKind(item.kind),
        texts={code: _text(page, with_body=not has_text) for code, page in work.pages.items()},
        files=files,
        language=item.language,
        first_page=item.first_page,
        last_page=item.last_page,
        start=item.start,
        end=item.end,
    )


def _text(page: ResourcePage, *, with_body: bool) -> FrozenText:
    return FrozenText(page.title, page.summary, "", body_html(page) if with_body else "")


@dataclass(frozen=True, slots=True)
class Version:
    """What a reader of `language` gets of an item: `state` is "text" if it is to be read in that language, "summary"
    if only a page tells of it so, else "none". `instead` is the language in which it is read then.
    """

    language: str
    state: str
    instead: str


def version(told: ItemOverview, language: str) -> Version:
    """What a reader of `language` gets of an item that is still open to everyone."""
    shown = best_language(told.readable, told.item.language, language)
    if shown == language or (not told.readable and language in told.summaries):
        return Version(language, "text", "")
    summary = best_language(told.summaries, told.item.language, language) == language
    return Version(language, "summary" if summary else "none", shown)


def lacking(told: PackOverview) -> list[tuple[ItemOverview, Version]]:
    """The items that can't be read in the language of the learners, and what they get instead."""
    each = [(item, version(item, told.pack.language)) for item in told.items if item.work is not None]
    return [(item, found) for item, found in each if found.state != "text"]
