"""`imsmanifest.xml`, topics for discussion and links, as the schemas of Common Cartridge have them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from lxml import etree

from resources.packs.content import PackContent
from resources.packs.exporting.cartridge.parts import Entry, Resource
from resources.packs.exporting.cartridge.versions import Version
from resources.packs.exporting.xml_text import clean, one_line
from resources.places import bcp47

XSI = "http://www.w3.org/2001/XMLSchema-instance"


def manifest(
    content: PackContent,
    title: str,
    identifier: str,
    version: Version,
    entries: Iterable[Entry],
    resources: Iterable[Resource],
) -> bytes:
    """The manifest of a cartridge; `identifier` must be an XML name."""
    root = _root(version.package, "manifest", version, lomimscc=version.metadata)
    root.set("identifier", identifier)
    metadata = _within(root, "metadata")
    _within(metadata, "schema").text = "IMS Common Cartridge"
    _within(metadata, "schemaversion").text = version.number
    metadata.append(_described(content, title, version))
    organization = _within(
        _within(root, "organizations"), "organization", identifier="contents", structure="rooted-hierarchy"
    )
    # The one item at the top has no title: it stands for the cartridge.
    _entries(_within(organization, "item", identifier="top"), entries)
    listed = _within(root, "resources")
    for resource in resources:
        _resource(listed, resource)
    return _bytes(root)


def topic(title: str, text: str, version: Version) -> bytes:
    """A topic for discussion; `text` is HTML."""
    root = _root(version.topic, "topic", version)
    _within(root, "title").text = one_line(title)
    said = _within(root, "text", texttype="text/html")
    said.text = clean(text)
    return _bytes(root)


def web_link(title: str, url: str, version: Version) -> bytes:
    """A link, opened beside the learning system."""
    root = _root(version.link, "webLink", version)
    _within(root, "title").text = one_line(title)
    _within(root, "url", href=url, target="_blank")
    return _bytes(root)


def _root(namespace: str, tag: str, version: Version, **others: str) -> Any:
    root = etree.Element(f"{{{namespace}}}{tag}", nsmap={None: namespace, "xsi": XSI, **others})
    places = [f"{each} {version.schema(each)}" for each in (namespace, *others.values())]
    root.set(f"{{{XSI}}}schemaLocation", " ".join(places))
    return root


def _within(parent: Any, tag: str, **attributes: str) -> Any:
    """An element in the namespace of its parent."""
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{tag}", **attributes)


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _described(content: PackContent, title: str, version: Version) -> Any:
    root = etree.Element(f"{{{version.metadata}}}lom", nsmap={"lomimscc": version.metadata})
    general = _within(root, "general")
    if one_line(content.url):
        named = _within(general, "identifier")
        _within(named, "catalog").text = "URI"
        _within(named, "entry").text = one_line(content.url)
    _said(general, "title", title, content.language)
    _within(general, "language").text = bcp47(content.language)
    if one_line(content.introduction):
        _said(general, "description", clean(content.introduction).strip(), content.language)
    rights = _within(root, "rights")
    _within(_within(rights, "copyrightAndOtherRestrictions"), "value").text = "yes"
    _said(rights, "description", gettext("Each text keeps its own licence, which is named with it."), "")
    return root


def _said(parent: Any, tag: str, text: str, language: str) -> None:
    said = _within(_within(parent, tag), "string")
    said.text = text
    if language:
        said.set("language", bcp47(language))


def _entries(parent: Any, entries: Iterable[Entry]) -> None:
    for entry in entries:
        item = _within(parent, "item", identifier=entry.identifier)
        if entry.resource:
            item.set("identifierref", entry.resource)
        _within(item, "title").text = entry.title
        _entries(item, entry.entries)


def _resource(parent: Any, resource: Resource) -> None:
    made = _within(parent, "resource", identifier=resource.identifier, type=resource.type)
    if resource.href:
        made.set("href", resource.href)
    for name in resource.files:
        _within(made, "file", href=name)
    for needed in dict.fromkeys(resource.needs):
        _within(made, "dependency", identifierref=needed)
