"""What an XMP packet says (ISO 16684-1): Dublin Core, PRISM and rights. No entities, no DTD, no address is followed."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from resources.extraction.types import Statement

MAX_BYTES = 1024 * 1024
MAX_PACKETS = 200
MAX_STATEMENTS = 60
LONGEST = 1_000

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_PRISM = ("{http://prismstandard.org/namespaces/basic/2.0/}", "{http://prismstandard.org/namespaces/basic/2.1/}",
          "{http://prismstandard.org/namespaces/basic/3.0/}")  # fmt: skip
_CC = "{http://creativecommons.org/ns#}"
_PDFX = "{http://ns.adobe.com/pdfx/1.3/}"
_WHAT: dict[str, str] = {
    f"{_DC}title": "title",
    f"{_DC}creator": "author",
    f"{_DC}date": "date",
    f"{_XMP}CreateDate": "date",
    f"{_DC}language": "language",
    f"{_DC}publisher": "publisher",
    f"{_DC}description": "description",
    f"{_DC}subject": "subject",
    f"{_DC}identifier": "identifier",
    f"{_PDFX}doi": "identifier",
    f"{_DC}rights": "rights",
    f"{_RIGHTS}WebStatement": "rights",
    f"{_CC}license": "rights",
    **{f"{prism}{name}": "identifier" for prism in _PRISM for name in ("doi", "isbn")},
}


def packet_in(path: Path) -> bytes:
    """The packet that is about the whole file; nothing if there is none.

    Packets are found by their marks, as their standard means them to be. Pictures in the file may have packets too:
    the last one that names what made a PDF is the file's own.
    """
    if not path.stat().st_size:
        return b""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = list(_packets(content))
    own = [packet for packet in found if b"Producer" in packet]
    return own[-1] if own else found[-1] if found else b""


def statements(packet: bytes) -> tuple[Statement, ...]:
    """What a packet says; nothing for one that isn't well formed or has a DTD."""
    try:
        root: Element = fromstring(packet, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return ()
    return tuple(
        Statement(what, value[:LONGEST], "xmp")
        for (what, value), _at in zip(_said(root), range(MAX_STATEMENTS), strict=False)
    )


def _packets(content: mmap.mmap) -> Iterator[bytes]:
    at = 0
    for _ in range(MAX_PACKETS):
        start = content.find(b"<x:xmpmeta", at)
        end = content.find(b"</x:xmpmeta>", start) if start >= 0 else -1
        if end < 0:
            return
        at = end + len(b"</x:xmpmeta>")
        if at - start <= MAX_BYTES:
            yield content[start:at]


def _said(root: Element) -> Iterator[tuple[str, str]]:
    for description in root.iter(f"{_RDF}Description"):
        # A property may stand as an attribute of its description.
        for name, value in description.attrib.items():
            if name in _WHAT and value.strip():
                yield _WHAT[name], _line(value)
        for child in description:
            if child.tag in _WHAT:
                values = [item.text or "" for item in child.iter(f"{_RDF}li")] or [
                    child.get(f"{_RDF}resource") or child.text or ""
                ]
                for value in values:
                    if value.strip():
                        yield _WHAT[child.tag], _line(value)


def _line(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text[:10_000]).split())
