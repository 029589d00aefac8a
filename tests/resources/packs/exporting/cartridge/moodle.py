"""What Moodle's import makes of a Common Cartridge 1.1, told in short: which sections and activities the course gets.

After what `backup/converter/imscc11` and `backup/cc` of Moodle look for; written anew, not copied.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree, html

CP = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
NAMES = {
    "cc": CP,
    "lom": "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest",
    "dt": "http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1",
    "wl": "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1",
}


@dataclass
class Section:
    title: str
    activities: list[tuple[str, str]] = field(default_factory=list)
    """(kind, name) of each."""


@dataclass
class Course:
    title: str
    sections: list[Section]
    pages: dict[str, str]
    """The HTML of its pages by their names, with addresses of files as Moodle writes them."""
    topics: dict[str, str]
    links: dict[str, str]


def imports(path: Path) -> Course | None:
    """The course, None when Moodle doesn't take the file for a cartridge."""
    with zipfile.ZipFile(path) as package:
        beginning = re.sub(r"[\s'\"]", "", package.read("imsmanifest.xml")[:500].decode().lower())
        if f"xmlns={CP}" not in beginning:
            return None
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
        title = manifest.findtext("cc:metadata/lom:lom/lom:general/lom:title/lom:string", namespaces=NAMES)
        course = Course((title or "").strip() or "Untitled Course", [], {}, {}, {})
        for top in manifest.findall("cc:organizations/cc:organization/cc:item/cc:item", NAMES):
            section = Section(top.findtext("cc:title", "", NAMES))
            for item in top.iterfind(".//cc:item", NAMES):
                section.activities.append(_activity(course, package, manifest, item))
            course.sections.append(section)
        return course


def _activity(course: Course, package: zipfile.ZipFile, manifest: Any, item: Any) -> tuple[str, str]:
    name = item.findtext("cc:title", "", NAMES)
    resource = manifest.find(f"cc:resources/cc:resource[@identifier='{item.get('identifierref')}']", NAMES)
    if resource is None:
        return "label", name
    first = resource.find("cc:file", NAMES).get("href")
    if resource.get("type") == "webcontent":
        href = resource.get("href") or first
        course.pages[name] = _page(package, href)
        return "page", name
    if resource.get("type") == "imsdt_xmlv1p1":
        topic = etree.fromstring(package.read(first))
        # Read as Moodle's parser does when nothing names the encoding.
        text = topic.findtext("dt:text", "", NAMES).encode().decode("latin-1")
        course.topics[topic.findtext("dt:title", "Untitled Topic", NAMES)] = html.fragment_fromstring(
            text, create_parent=True
        ).text_content()
        return "forum", name
    assert resource.get("type") == "imswl_xmlv1p1"
    course.links[name] = etree.fromstring(package.read(first)).find("wl:url", NAMES).get("href")
    return "url", name


def _page(package: zipfile.ZipFile, href: str) -> str:
    content = package.read(href).decode()
    body = re.search(r"<body[^>]*>(.+)</body>", content, re.IGNORECASE | re.DOTALL)
    assert body is not None
    text = body.group(1)
    for node in html.fragment_fromstring(text, create_parent=True).iter():
        for key in ("href", "src"):
            found = node.get(key)
            # A file is known by an address that is all of a file's name.
            if found and "://" not in found and found.removeprefix("../") in package.namelist():
                text = text.replace(found, "$@FILEPHP@$/" + found.removeprefix("../"))
    return text
