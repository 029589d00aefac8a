"""The cartridge of an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext, override

from resources.packs.content import PackContent
from resources.packs.exporting.cartridge.items import ItemMaker
from resources.packs.exporting.cartridge.manifest import manifest
from resources.packs.exporting.cartridge.pages import STYLE, page
from resources.packs.exporting.cartridge.parts import WEB, Entry, Parts, Resource, short
from resources.packs.exporting.cartridge.versions import MOODLES, NEWEST, Version
from resources.packs.exporting.kept_files import KeptFiles
from resources.packs.exporting.telling import Telling
from resources.packs.exporting.types import ExportOptions, FindFile, Progress
from resources.packs.exporting.xhtml import element, link, paragraphs
from resources.packs.exporting.xml_text import address, one_line
from resources.packs.exporting.zipping import Zip
from resources.places import day, number

STYLE_SHEET = Path(__file__).resolve().parent.parent / "reading.css"


def cartridge(content: PackContent, options: ExportOptions, find: FindFile, target: Path, progress: Progress) -> None:
    """Write an edition as an IMS Common Cartridge 1.3: see `Exporter`. Documents are whole; the page of an item that is
    some pages of one opens it there.
    """
    _write(content, options, find, target, progress, NEWEST)


def cartridge_for_moodle(
    content: PackContent, options: ExportOptions, find: FindFile, target: Path, progress: Progress
) -> None:
    """The same as an IMS Common Cartridge 1.1, the newest that Moodle's own import takes."""
    _write(content, options, find, target, progress, MOODLES)


def _write(
    content: PackContent,
    options: ExportOptions,
    find: FindFile,
    target: Path,
    progress: Progress,
    version: Version,
) -> None:
    parts = Parts()
    parts.add(Resource("style", WEB, (STYLE,), STYLE), STYLE_SHEET)
    tell = Telling(progress)
    with override(options.language), KeptFiles(find, tell.still) as kept:
        title = one_line(content.title) or gettext("Reading pack")
        maker = ItemMaker(content, options.language, version, kept, parts)
        entries = [_beginning(content, options.language, title, maker, parts)]
        place, every = 0, max(len(content.items), 1)
        for at, section in enumerate(content.sections, 1):
            inside: list[Entry] = []
            for item in section.items:
                place += 1
                inside += maker.entries(place, item)
                tell(0.5 * place / every)
            if inside:
                named = short(one_line(section.title) or title)
                entries.append(Entry(f"section-{at:03}", named, entries=tuple(inside)))
        name = f"edition-{readable_identifier(content)}"
        described = manifest(content, short(title), name, version, entries, parts.resources)
    with Zip(target, content.made) as package:
        package.write("imsmanifest.xml", described)
        for at, (href, data) in enumerate(parts, 1):
            if isinstance(data, bytes):
                package.write(href, data)
            else:
                package.copy(href, data, tell.still)
            tell(0.5 + 0.5 * at / len(parts.files))
    progress(1.0)


def readable_identifier(content: PackContent) -> str:
    """What of a pack's code and its edition's number may stand in an XML name."""
    code = "".join(sign for sign in content.code if sign.isascii() and sign.isalnum())
    return f"{code or 'pack'}-{content.number}"


def _beginning(content: PackContent, language: str, title: str, maker: ItemMaker, parts: Parts) -> Entry:
    """The page that says what the pack is, and the way to it online."""
    words = gettext("About this reading pack")
    facts: list[Any] = [
        gettext("Edition %(number)s, %(day)s")
        % {"number": number(content.number, language), "day": day(content.made, language)}
    ]
    if made_by := one_line(content.maker):
        facts.insert(0, element("span", made_by, lang=content.language))
    if content.based_on is not None:
        other, url = content.based_on
        facts.append([gettext("Based on:"), " ", link(url, one_line(other) or url)])
    facts.append(gettext("Each text keeps its own licence, which is named with it."))
    resource = parts.add(
        Resource("page-000", WEB, ("pages/000-about.html",), "pages/000-about.html", ("style",)),
        page(
            title,
            language,
            element("h1", title, lang=content.language),
            element("div", paragraphs(content.introduction), lang=content.language),
            [element("p", fact, class_="small") for fact in facts],
        ),
    )
    inside = [Entry("page-000-entry", words, resource.identifier)]
    if url := address(content.url):
        inside.append(maker.link("link-000", "000-online", gettext("This reading pack online"), url))
    return Entry("section-000", words, entries=tuple(inside))
