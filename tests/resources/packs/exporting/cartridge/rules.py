"""The rules of Common Cartridge, as its schemas and their Schematron rules have them, on a cartridge that was written.

https://www.imsglobal.org/cc/ccv1p3/imscc_Implementation-v1p3.html, and the schemas that it names. What an edition is
never made of (tests, question banks, tools, authorisation) is refused.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urldefrag, urlsplit

from lxml import etree, html

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
FAT = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9]{1,5})?")
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{at}" for name in ("com", "lpt") for at in range(10))}
VOCABULARY = {"yes", "no"}


class Rules:
    """Reads a cartridge and collects what is against the rules in `broken`."""

    def __init__(self, path: Path, mark: str, number: str) -> None:
        self.broken: list[str] = []
        self.mark, self.number = mark, number
        self.cp = f"{{http://www.imsglobal.org/xsd/imscc{mark}/imscp_v1p1}}"
        self.lom = f"{{http://ltsc.ieee.org/xsd/imscc{mark}/LOM/manifest}}"
        self.zip = zipfile.ZipFile(path)
        self.names = self.zip.namelist()
        self._names()
        self.manifest = etree.fromstring(self.zip.read("imsmanifest.xml"))
        self._manifest()

    def need(self, holds: object, said: str) -> None:
        if not holds:
            self.broken.append(said)

    def children(self, node: Any, *allowed: str, space: str = "") -> list[Any]:
        """The children of an element, which must be of these, in this order; a name with `!` stands once, with `?` at
        most once.
        """
        space = space or self.cp
        names = [child.tag for child in node]
        plain = [space + name.rstrip("!?") for name in allowed]
        self.need(all(name in plain for name in names), f"{node.tag} holds {names}")
        order = [plain.index(name) for name in names if name in plain]
        self.need(order == sorted(order), f"{node.tag} holds {names} in a wrong order")
        for name, tag in zip(allowed, plain, strict=True):
            count = names.count(tag)
            self.need(count == 1 or not name.endswith("!"), f"{node.tag} holds {count} {tag}")
            self.need(count <= 1 or not name.endswith("?"), f"{node.tag} holds {count} {tag}")
        return [child for child in node if child.tag in plain]

    def attributes(self, node: Any, *allowed: str) -> None:
        """The attributes that it may have; those with `!` it must have."""
        names = {name.rstrip("!") for name in allowed}
        self.need(set(node.attrib) <= names, f"{node.tag} has {dict(node.attrib)}")
        for name in allowed:
            if name.endswith("!"):
                self.need(node.get(name[:-1]) is not None, f"{node.tag} has no {name}")

    def _names(self) -> None:
        self.need(self.names[0] == "imsmanifest.xml", "the manifest is not first")
        self.need(len({name.lower() for name in self.names}) == len(self.names), "two files have one name")
        for name in self.names:
            for part in name.split("/"):
                self.need(FAT.fullmatch(part) and len(part) <= 64, f"{name} is not a safe name")
                self.need(part.partition(".")[0] not in RESERVED, f"{name} is a device")

    def _manifest(self) -> None:
        root = self.manifest
        self.need(root.tag == f"{self.cp}manifest", root.tag)
        self.attributes(root, "identifier!", f"{XSI}schemaLocation!")
        self._schemas(root, self.cp, self.lom)
        metadata, organizations, resources = self.children(root, "metadata!", "organizations!", "resources!")
        self._metadata(metadata)
        identifiers = [each.get("identifier") for each in root.iter() if each.get("identifier") is not None]
        self.need(len(set(identifiers)) == len(identifiers), "identifiers are not unique")
        for each in identifiers:
            self.need(NCNAME.fullmatch(each), f"{each} is no XML name")
        self.resources = {each.get("identifier"): each for each in self.children(resources, "resource")}
        self._resources()
        self._organization(organizations)

    def _schemas(self, root: Any, *spaces: str) -> None:
        said = root.get(f"{XSI}schemaLocation").split()
        self.need([f"{{{each}}}" for each in said[::2]] == list(spaces), f"schemas of {said}")
        self.need(all(each.endswith(".xsd") and self.mark in each for each in said[1::2]), f"schemas at {said}")

    def _metadata(self, node: Any) -> None:
        schema, version, lom = node
        self.need((schema.tag, schema.text) == (f"{self.cp}schema", "IMS Common Cartridge"), "schema")
        self.need((version.tag, version.text) == (f"{self.cp}schemaversion", self.number), "schemaversion")
        self.need(lom.tag == f"{self.lom}lom", lom.tag)
        general, rights = self.children(lom, "general!", "rights!", space=self.lom)
        self.children(general, "identifier", "title!", "language!", "description", space=self.lom)
        for each in general.iter(f"{self.lom}string"):
            self.need((each.text or "").strip(), "an empty string of metadata")
        self.children(rights, "copyrightAndOtherRestrictions?", "description?", space=self.lom)
        self.need(rights.findtext(f".//{self.lom}value") in VOCABULARY, "rights")

    def _resources(self) -> None:
        listed: list[str] = []
        for name, resource in self.resources.items():
            kind = resource.get("type")
            self.attributes(resource, "identifier!", "type!", "href")
            self.children(resource, "file", "dependency")
            files = [each.get("href") for each in resource.findall(f"{self.cp}file")]
            needs = [each.get("identifierref") for each in resource.findall(f"{self.cp}dependency")]
            listed += files
            self.need(files and len(set(files)) == len(files), f"{name}: files {files}")
            self.need(len(set(needs)) == len(needs) and name not in needs, f"{name}: needs {needs}")
            for needed in needs:
                there = self.resources.get(needed)
                self.need(there is not None and there.get("type") == "webcontent", f"{name} may not need {needed}")
            for href in files:
                self.need(href in self.names, f"{name}: {href} is not there")
            if kind == "webcontent":
                self.need(resource.get("href") in files, f"{name}: {resource.get('href')} is none of its files")
                self._web(name, resource, needs)
            elif kind in {f"imsdt_xml{self.mark}", f"imswl_xml{self.mark}"}:
                self.need(len(files) == 1 and resource.get("href") is None, f"{name}: one file, no href")
                self.need(not needs or kind.startswith("imsdt"), f"{name}: a link needs nothing")
                (self._topic if kind.startswith("imsdt") else self._link)(files[0])
            else:
                self.broken.append(f"{name} is of type {kind}")
        self.need(sorted([*listed, "imsmanifest.xml"]) == sorted(self.names), "files and resources differ")

    def _web(self, name: str, resource: Any, needs: list[str]) -> None:
        """Every address of a page leads to a file that its resource needs, or to the web."""
        href = resource.get("href")
        if not href.endswith(".html"):
            return
        page = html.document_fromstring(self.zip.read(href))
        self.need(page.get("lang"), f"{href} has no language")
        self.need((page.findtext(".//title") or "").strip(), f"{href} has no title")
        reached = {file.get("href") for needed in needs for file in self.resources[needed].iter(f"{self.cp}file")}
        for node in page.iter():
            self.need(node.tag not in {"script", "iframe", "object", "embed", "form"}, f"{href} holds {node.tag}")
            self.need(not any(key.startswith("on") for key in node.attrib), f"{href}: {dict(node.attrib)}")
            for key in ("href", "src"):
                if (found := node.get(key)) is None or urlsplit(found).scheme in {"http", "https", "mailto"}:
                    continue
                self.need(not urlsplit(found).scheme and not found.startswith("/"), f"{href}: {found}")
                self.need(_joined(href, found) in reached, f"{name}: {found} leads to nothing that it needs")

    def _topic(self, href: str) -> None:
        root = etree.fromstring(self.zip.read(href))
        space = f"{{http://www.imsglobal.org/xsd/imscc{self.mark}/imsdt_{self.mark}}}"
        self.need(root.tag == f"{space}topic", root.tag)
        self._schemas(root, space)
        title, text = self.children(root, "title!", "text!", space=space)
        self.need((title.text or "").strip() and "\n" not in title.text, f"{href}: title")
        self.attributes(text, "texttype!")
        self.need(text.get("texttype") == "text/html" and len(text) == 0, f"{href}: text")
        self.need((text.text or "").isascii(), f"{href}: a reader that takes it for Latin-1 reads something else")

    def _link(self, href: str) -> None:
        root = etree.fromstring(self.zip.read(href))
        space = f"{{http://www.imsglobal.org/xsd/imscc{self.mark}/imswl_{self.mark}}}"
        self.need(root.tag == f"{space}webLink", root.tag)
        self._schemas(root, space)
        title, url = self.children(root, "title!", "url!", space=space)
        self.need((title.text or "").strip(), f"{href}: title")
        self.attributes(url, "href!", "target")
        self.need(urlsplit(url.get("href")).scheme in {"http", "https"}, f"{href}: {url.get('href')}")

    def _organization(self, organizations: Any) -> None:
        (organization,) = self.children(organizations, "organization!")
        self.attributes(organization, "identifier!", "structure!")
        self.need(organization.get("structure") == "rooted-hierarchy", "structure")
        (top,) = self.children(organization, "item!")
        self.attributes(top, "identifier!")
        for item in self.children(top, "item"):
            self._item(item)

    def _item(self, item: Any) -> None:
        self.attributes(item, "identifier!", "identifierref")
        title, *inside = self.children(item, "title!", "item")
        self.need((title.text or "").strip() and len(title.text) <= 255, f"{item.get('identifier')}: title")
        reference = item.get("identifierref")
        self.need(bool(reference) != bool(inside), f"{item.get('identifier')} is a heading or a resource")
        self.need(reference is None or reference in self.resources, f"{reference} is no resource")
        for each in inside:
            self._item(each)


def _joined(page: str, found: str) -> str:
    """Where a relative address of a page leads in the cartridge; what leads out of it leads nowhere."""
    parts = list(PurePosixPath(page).parent.parts)
    for part in urldefrag(found).url.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)
