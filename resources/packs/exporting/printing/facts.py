"""What the pages of an item say of it: the line under its title, its source, its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext

from resources.models import Licence
from resources.packs.content import FrozenFile, ItemKind, PackItem
from resources.packs.exporting.printing.texts import line_of, runs, said
from resources.packs.exporting.printing.words import minutes
from resources.packs.parts import part_of
from resources.packs.qr_code import qr_svg
from resources.places import country_name, native_name
from resources.source import type_label

SHOWN_ADDRESS = 240


def address(url: str) -> dict[str, Any]:
    """An address to scan, to press and to read."""
    line = "".join(line_of(url).split())
    shown = unquote(line.partition("://")[2] or line)
    shown = shown if len(shown) <= SHOWN_ADDRESS else f"{shown[:SHOWN_ADDRESS]}…"
    return {"url": line or "about:blank", "code": qr_svg(line or "about:blank"), "shown": runs(line_of(shown), "en")}


def line(item: PackItem, language: str) -> str:
    """What kind of work it is, which part of it, of which countries, and how long it takes."""
    said_of = [type_label(item.type, language)]
    said_of.append(part_of(item, language))
    said_of += [country_name(code, language) for code in item.countries]
    if item.minutes:
        said_of.append(minutes(item.minutes, language))
    return line_of(" · ".join(filter(None, said_of)))


def licence_words(value: str) -> str:
    """A licence in words; what isn't one of ours as it stands."""
    return str(Licence(value).label) if value in Licence.values else value


def licences(item: PackItem, documents: tuple[FrozenFile, ...]) -> list[str]:
    """The licences of what is printed: those of the documents, where they have none that of the work."""
    found = [document.licence or item.licence for document in documents] or [item.licence]
    return list(dict.fromkeys(filter(None, found)))


def facts(item: PackItem, documents: tuple[FrozenFile, ...], language: str) -> list[dict[str, Any]]:
    """Names and values of what is known of where a work comes from, and where it is in other languages."""
    licence = "; ".join(licence_words(value) for value in licences(item, documents))
    versions = gettext("In other languages")
    known: list[tuple[str, list[tuple[str, str]]]] = [
        (gettext("Authors"), [(", ".join(item.authors), "")]),
        (gettext("Publisher"), [(item.publisher, "")]),
        (gettext("Year"), [(str(item.year or ""), "")]),
        (gettext("Licence"), [(licence, "")]),
        (gettext("Original source"), [(item.source_url, item.source_url)]),
        (versions, [(native_name(code), url) for code, url in item.elsewhere.items()]),
    ]
    return [
        {
            "name": name,
            "tall": name == versions,
            "values": [{"words": said(value, language), "url": _web_address(url)} for value, url in values],
        }
        for name, values in known
        if any(line_of(value) for value, _url in values)
    ]


def item_address(item: PackItem, documents: tuple[FrozenFile, ...], language: str) -> dict[str, Any]:
    """Where the original is: the page of the work, the page of the document, the second of the video."""
    url, words = item.text_for(language).url, gettext("Original")
    if item.kind is ItemKind.PAGES and documents:
        url = f"{documents[0].url}#page={item.first_page or 1}"
        words = gettext("The document, at this page")
    elif item.kind is ItemKind.SPAN:
        url = f"{url.partition('#')[0]}#t={item.start or 0:g}"
        words = gettext("The video, at this second")
    return address(url) | {"words": words}


def _web_address(url: str) -> str | None:
    return line_of(url) if url.lower().startswith(("http://", "https://")) else None
