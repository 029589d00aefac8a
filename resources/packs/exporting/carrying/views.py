"""An item, its files and its film as the pages of a carried pack show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from resources.models.choices import Licence
from resources.packs.clock import clock
from resources.packs.content import ItemKind, PackItem
from resources.packs.exporting.carrying.captions import Captions
from resources.packs.exporting.carrying.carried import Carried, CarriedFile, CarriedItem, text_of
from resources.packs.exporting.carrying.markup import web_address
from resources.packs.exporting.carrying.types_of_works import type_in_words
from resources.packs.parts import part_of
from resources.places import bcp47, country_name, file_size, native_name, time_needed


@dataclass(frozen=True, slots=True)
class FileView:
    """A document or film as a page shows it; `href` is relative to the page, "" if it is left out."""

    title: str
    href: str
    details: str
    note: str
    online: str
    lang: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as the first page shows it; `href` is "" for one that is gone, and `gone` says why."""

    title: str
    lang: str
    href: str
    kind: str
    part: str
    minutes: str
    picture: str
    summary: str
    note: str
    questions: tuple[str, ...]
    credit: str
    languages: tuple[tuple[str, str], ...]
    licence: str
    deed: str
    gone: str
    is_demonstration: bool


def item_view(item: PackItem, items: Carried, language: str) -> ItemView:
    """An item for readers of `language`, which is in force."""
    carried = items.items.get(item.key)
    text, own = text_of(item, language)
    licence = Licence(item.licence) if item.licence in Licence.values else None
    tongues = dict.fromkeys([*item.texts, *(file.language for file in item.files if file.language)])
    who = [", ".join(item.authors), item.publisher, str(item.year or "")]
    who.append(", ".join(country_name(code, language) for code in item.countries))
    return ItemView(
        title=text.title,
        lang=bcp47(own),
        href=carried.page if carried else "",
        kind=type_in_words(item.type),
        part=part_of(item, language),
        minutes=time_needed(item.minutes, language) if item.minutes and not item.gone else "",
        picture=carried.picture if carried else "",
        summary=text.summary,
        note=item.note,
        questions=item.questions,
        credit=" · ".join(each for each in who if each),
        languages=tuple((bcp47(code), native_name(code)) for code in tongues),
        licence=str(licence.label) if licence else "",
        deed=licence.deed if licence else "",
        gone=item.gone,
        is_demonstration=item.is_demonstration,
    )


def file_view(carried: CarriedFile, item: PackItem, language: str) -> FileView:
    """A document or film for the page of its item."""
    file = carried.file
    details = [native_name(file.language)] if file.language else []
    if carried.name:
        kind = carried.name.rpartition(".")[2].upper()
        details += [kind, file_size(carried.size, language)]
    if part := part_of(item, language):
        details.insert(0, part)
    # A whole document opens at the first of the chosen pages all the same.
    first = item.first_page or 1
    opens = f"#page={first}" if item.kind is ItemKind.PAGES and not carried.before and first > 1 else ""
    return FileView(
        title=file.title or file.name,
        href=f"../{carried.name}{opens}" if carried.name else "",
        details=" · ".join(details),
        note=carried.note,
        online=web_address(file.url),
        lang=bcp47(file.language) if file.language else "",
    )


def film_view(carried: CarriedItem, language: str) -> dict[str, Any] | None:
    """What `film.html` shows: player, captions and transcript; None for an item without a film."""
    if carried.video is None:
        return None
    item, video = carried.item, carried.video
    best = item.captions_for(language)
    read = next((each for each in carried.captions if best and each.language == best.language), None)
    read = read or next(iter(carried.captions), None)
    address = f"../{video.name}" if video.name else ""
    cues = [(f"{cue.start or 0:g}", clock(cue.start or 0), cue.text) for cue in item.chosen(read.cues)] if read else []
    return {
        "file": file_view(video, item, language),
        "address": address,
        "src": f"{address}{item.moment}" if address else "",
        "type": video.file.media_type,
        "tracks": [
            {
                "lang": bcp47(each.language),
                "name": native_name(each.language),
                "url": each.data_url,
                "default": each is read,
            }
            for each in carried.captions
        ],
        "caption_files": [
            _named(each) | {"href": f"../{name}"}
            for each, name in zip(carried.captions, carried.caption_names, strict=True)
        ],
        "cues": cues,
        "cues_lang": bcp47(read.language) if read else "",
    }


def _named(captions: Captions) -> dict[str, Any]:
    return {"lang": bcp47(captions.language), "name": native_name(captions.language)}
