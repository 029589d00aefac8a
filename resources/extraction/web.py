"""HTML pages and EPUB books to passages: a part under a heading, a chapter."""

from __future__ import annotations

import codecs
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from resources.extraction.packed import Packed, opened
from resources.extraction.sniff import EPUB, HTML
from resources.extraction.types import CannotExtract, ExtractedText, FailureReason, Limits
from resources.extraction.units import Block, passages

CONTENT_TYPES = (HTML, EPUB)

HTML_BYTES = 32 * 1024 * 1024
LONGEST_TITLE, MAX_AUTHORS, MAX_CHAPTERS = 300, 20, 2_000
# Nothing that a reader of the page would see.
_UNSEEN = frozenset(("script", "style", "template", "noscript", "svg", "math", "head", "iframe", "object", "select"))
_HEADINGS = frozenset(("h1", "h2", "h3"))
_INLINE = frozenset(
    re.findall(
        r"\w+",
        """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small
        span strike strong sub sup time tt u var wbr""",
    )
)
_CELLS = frozenset(("td", "th"))
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
# What pages are really written in. Python knows more, some of them slow on purpose-made bytes.
_ENCODINGS = frozenset(
    re.findall(r"\S+", "utf-8 iso8859-15 cp1252 cp1258 cp874 gb2312 gbk gb18030 big5 shift_jis cp932 euc_jp euc_kr")
)
# A document type's own declarations: entities that stand for others without end, or for files of this machine.
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,1000}(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
ENCRYPTION = "{http://www.w3.org/2001/04/xmlenc#}"


def extract(path: Path, kind: str, limits: Limits) -> ExtractedText:
    """Return the text that a reader of the page or book would see. Nothing is fetched and nothing runs.

    Raises CannotExtract: locked, damaged, too large, or no text.
    """
    found = _book(path, limits) if kind == EPUB else _page(path, limits)
    if not found.passages:
        raise CannotExtract(FailureReason.NO_TEXT, found)
    return found


def _page(path: Path, limits: Limits) -> ExtractedText:
    if path.stat().st_size > min(HTML_BYTES, limits.bytes):
        raise CannotExtract(FailureReason.TOO_LARGE)
    root = _parsed(path.read_bytes())
    if root is None:
        return ExtractedText()
    title = root.find(".//title")
    authors = [
        _line(meta.get("content"))
        for meta in root.iter("meta")
        if (meta.get("name") or "").lower() in ("author", "dc.creator", "citation_author")
    ]
    return ExtractedText(
        passages=passages(_blocks(root), limits),
        title=_line(title.text if title is not None else "")[:LONGEST_TITLE],
        authors=tuple(name[:LONGEST_TITLE] for name in authors if name)[:MAX_AUTHORS],
        language=_tag(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")),
    )


def _parsed(data: bytes) -> Any:
    """The tree of an HTML page, however broken; None when there is nothing in it. Entities that it declares itself mean
    nothing.
    """
    text = _DOCTYPE.sub("", _decoded(data), count=1)
    # UTF-8 is what the parser is told; what the page says of itself was heeded before.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _decoded(data: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff").replace("\0", "")
    said = _CHARSET.search(data[:4096])
    name = said.group(1).decode("ascii") if said else "utf-8"
    try:
        name = codecs.lookup(name).name
    except LookupError:
        name = "utf-8"
    # Browsers read these pages so too (WHATWG, Encoding).
    name = {"iso8859-1": "cp1252", "ascii": "cp1252", "tis-620": "cp874", "iso8859-11": "cp874"}.get(name, name)
    try:
        # Most pages are in UTF-8, also of those that say another name.
        return data.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        return data.decode(name if name in _ENCODINGS else "utf-8", "replace").replace("\0", "")


def _blocks(root: Any, *, begins: bool = False) -> Iterator[Block]:
    """The blocks of a page in its order, without what isn't seen."""
    text: list[str] = []
    unseen = 0
    heading = False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = tag in _UNSEEN or element.get("hidden") is not None
        if event == "start":
            unseen += hidden
        if not unseen and tag not in _INLINE:
            if tag in _CELLS:
                text.append("\t")
            elif tag == "br":
                text.append("\n" if event == "start" else "")
            elif tag != "tr" or event == "end":
                said = _tidy("".join(text))
                text.clear()
                if said:
                    yield Block(said, heading=heading, begins=begins)
                    begins = False
                heading = event == "start" and tag in _HEADINGS
        if event == "start":
            if not unseen and tag:
                text.append(" ".join((element.text or "").split("\n")))
        else:
            unseen -= hidden
            if not unseen:
                text.append(" ".join((element.tail or "").split("\n")))
    if said := _tidy("".join(text)):
        yield Block(said, begins=begins)


def _tidy(text: str) -> str:
    lines = (" ".join(line.replace("\t", " \t ").split(" ")).strip() for line in text.split("\n"))
    return re.sub(r"[ ]*\t[ \t]*", "\t", re.sub(r" {2,}", " ", "\n".join(line for line in lines if line))).strip()


def _book(path: Path, limits: Limits) -> ExtractedText:
    """EPUB 3.3 (and 2): the container names the package, which lists the chapters in their order."""
    if path.stat().st_size > limits.bytes:
        raise CannotExtract(FailureReason.TOO_LARGE)
    with opened(path) as packed:
        container = _xml(packed.read("META-INF/container.xml"))
        first = container.find(f".//{CONTAINER}rootfile")
        package_path = first.get("full-path") if first is not None else None
        package = _xml(packed.read(package_path or ""))
        chapters = _chapters(package, posixpath.dirname(package_path or ""))
        locked = _locked(packed)
        if len(chapters) > MAX_CHAPTERS:
            raise CannotExtract(FailureReason.TOO_LARGE)
        names = frozenset(packed.names)

        def blocks() -> Iterator[Block]:
            for chapter in chapters:
                if chapter in locked:
                    raise CannotExtract(FailureReason.ENCRYPTED)
                root = _parsed(packed.read(chapter)) if chapter in names else None
                if root is not None:
                    yield from _blocks(root, begins=True)

        said = {name: [_line(each.text) for each in package.iter(f"{DC}{name}")] for name in ("title", "creator")}
        language = next((_tag(each.text) for each in package.iter(f"{DC}language")), "")
        return ExtractedText(
            passages=passages(blocks(), limits),
            title=next(iter(said["title"]), "")[:LONGEST_TITLE],
            authors=tuple(name[:LONGEST_TITLE] for name in said["creator"] if name)[:MAX_AUTHORS],
            language=language,
        )


def _chapters(package: Any, folder: str) -> list[str]:
    """The names of the files of the chapters, in the order of the spine, each once."""
    items = {
        item.get("id"): item.get("href") or ""
        for item in package.iter(f"{OPF}item")
        if "html" in (item.get("media-type") or "")
    }
    listed = (items.get(each.get("idref")) for each in package.iter(f"{OPF}itemref"))
    names = (posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0]))) for href in listed if href)
    return list(dict.fromkeys(names))


def _locked(packed: Packed) -> frozenset[str]:
    """The files that only a reader with a key can read (EPUB Open Container Format, `META-INF/encryption.xml`)."""
    if "META-INF/encryption.xml" not in packed.names:
        return frozenset()
    listed = _xml(packed.read("META-INF/encryption.xml")).iter(f"{ENCRYPTION}CipherReference")
    return frozenset(posixpath.normpath(unquote(each.get("URI") or "")) for each in listed)


def _xml(data: bytes) -> Any:
    """The tree of one of the book's own lists. Raises CannotExtract when it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise CannotExtract(FailureReason.DAMAGED) from None


def _tag(language: str | None) -> str:
    language = (language or "").strip()
    return language if _TAG.fullmatch(language) else ""


def _line(value: object) -> str:
    return " ".join(str(value or "")[:10_000].split())
