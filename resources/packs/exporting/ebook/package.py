"""The package document of an EPUB 3.3 and its container (https://www.w3.org/TR/epub-33/)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from lxml import etree

from resources.packs.content import PackContent
from resources.packs.exporting.ebook.documents import STYLE, BookDocument
from resources.packs.exporting.ebook.front import COVER, pack_title, rights
from resources.packs.exporting.xhtml import XML
from resources.packs.exporting.xml_text import address, one_line
from resources.places import bcp47

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
# Names of editions are made below this one, so that they are the same on every machine.
_EDITIONS = uuid.UUID("0f6c9a52-5d2e-5c0b-9c55-6a8f3f4a7d21")

CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def identifier(content: PackContent, language: str) -> str:
    """The URN of an edition in a language: of its pack's code and its number, so that it stays the same."""
    return uuid.uuid5(_EDITIONS, f"{one_line(content.code)}/{content.number}/{language}").urn


def package(
    content: PackContent,
    language: str,
    documents: Sequence[BookDocument],
    *,
    languages: Sequence[str],
    picture: bool,
    pages: bool,
) -> bytes:
    """The package document. `documents` are in reading order; `languages` those of the texts."""
    root = etree.Element(f"{{{OPF}}}package", nsmap={None: OPF})
    root.set("version", "3.0")
    root.set("unique-identifier", "edition")
    root.set(f"{{{XML}}}lang", bcp47(language))
    root.append(_metadata(content, language, languages, picture=picture, pages=pages))
    manifest = etree.SubElement(root, f"{{{OPF}}}manifest")
    spine = etree.SubElement(root, f"{{{OPF}}}spine")
    for document in documents:
        entry = _item(manifest, document.identifier, document.href, "application/xhtml+xml")
        if document.identifier == "nav":
            entry.set("properties", "nav")
        etree.SubElement(spine, f"{{{OPF}}}itemref", idref=document.identifier)
    _item(manifest, "style", STYLE, "text/css")
    if picture:
        _item(manifest, "cover-picture", COVER, "image/jpeg").set("properties", "cover-image")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _item(manifest: Any, name: str, href: str, media_type: str) -> Any:
    entry = etree.SubElement(manifest, f"{{{OPF}}}item", id=name, href=href)
    entry.set("media-type", media_type)
    return entry


def _metadata(content: PackContent, language: str, languages: Sequence[str], *, picture: bool, pages: bool) -> Any:
    root = etree.Element(f"{{{OPF}}}metadata", nsmap={"dc": DC})

    def core(name: str, text: str, lang: str = "") -> Any:
        made = etree.SubElement(root, f"{{{DC}}}{name}")
        made.text = one_line(text)
        if lang:
            made.set(f"{{{XML}}}lang", bcp47(lang))
        return made

    def meta(name: str, text: str, lang: str = "") -> None:
        made = etree.SubElement(root, f"{{{OPF}}}meta", property=name)
        made.text = text
        if lang:
            made.set(f"{{{XML}}}lang", bcp47(lang))

    core("identifier", identifier(content, language)).set("id", "edition")
    core("title", pack_title(content), content.language)
    for code in dict.fromkeys((language, *languages)):
        core("language", bcp47(code))
    if one_line(content.maker):
        core("creator", content.maker, content.language)
    if one_line(content.introduction):
        core("description", content.introduction, content.language)
    if address(content.url):
        core("source", address(content.url))
    core("date", content.made.isoformat())
    core("rights", rights(), language)
    meta("dcterms:modified", f"{content.made.isoformat()}T00:00:00Z")
    meta("schema:accessMode", "textual")
    if picture:
        meta("schema:accessMode", "visual")
    meta("schema:accessModeSufficient", "textual")
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    features += ["pageBreakMarkers", "pageNavigation"] if pages else []
    features += ["alternativeText"] if picture else []
    for feature in features:
        meta("schema:accessibilityFeature", feature)
    meta("schema:accessibilityHazard", "none")
    summary = gettext(
        "All of it is text, with headings, a table of contents and the language of every part. "
        "The text of documents was read from their pages: tables and figures in them are lines of words, or missing."
    )
    meta("schema:accessibilitySummary", summary, language)
    return root
