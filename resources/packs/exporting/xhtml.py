"""Well-formed XHTML of texts that come from people: whatever goes in, what comes out is XML that a strict reader takes.

Elements are made by `element`, which cleans every text and attribute; a work's own HTML passes through `body`, which
keeps `ALLOWED_TAGS` and puts them where HTML's content model has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

import nh3
from lxml import etree, html

from resources.packs.content import ALLOWED_TAGS
from resources.packs.exporting.xml_text import address, clean, one_line
from resources.places import bcp47

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"

Child = Any
"""A string, an element, None, or an iterable of these."""

_INLINE = frozenset({"strong", "em", "b", "i", "sup", "sub", "a"})
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
# Deeper than any text is nested; what lies below is kept as words.
_DEEPEST = 24
# Deeper than this libxml2 reads nothing.
_PARSED = 200
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")


def element(tag: str, *children: Child, lang: str = "", kind: str = "", **attributes: str) -> Any:
    """An element of XHTML. `lang` is a code of the portal, `kind` its `epub:type`; an underscore at the end of an
    attribute's name is left off (`class_`), others become hyphens. Empty attributes are left out.
    """
    made = etree.Element(f"{{{XHTML}}}{tag}", nsmap={None: XHTML})
    if lang:
        made.set("lang", bcp47(lang))
        made.set(f"{{{XML}}}lang", bcp47(lang))
    if kind:
        made.set(f"{{{EPUB}}}type", kind)
    for name, value in attributes.items():
        if value != "":
            made.set(name.rstrip("_").replace("_", "-"), one_line(value))
    append(made, children)
    return made


def append(parent: Any, children: Child) -> None:
    """Put children at the end of an element."""
    if children is None:
        return
    if isinstance(children, str):
        _add_text(parent, clean(children))
    elif etree.iselement(children):
        parent.append(children)
    else:
        for child in children:
            append(parent, child)


def _add_text(parent: Any, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def link(url: str, *children: Child, lang: str = "") -> Any:
    """A link, or what it would say when the address is none."""
    good = address(url)
    return element("a", *children, href=good, lang=lang) if good else element("span", *children, lang=lang)


def paragraphs(text: str) -> list[Any]:
    """Plain text as paragraphs: an empty line begins a new one, a line's end stays one."""
    found = []
    for block in re.split(r"\n[ \t]*\n", clean(text)):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if lines:
            found.append(element("p", [[element("br") if at else None, line] for at, line in enumerate(lines)]))
    return found


class _Piece(NamedTuple):
    """Text (`tag` ""), or an element with its pieces."""

    tag: str
    text: str = ""
    href: str = ""
    pieces: tuple[_Piece, ...] = ()


def body(source: str, *, heading: int = 2) -> list[Any]:
    """A work's own HTML as blocks of XHTML. Its `h2` becomes the heading of level `heading`, the others follow."""
    kept = nh3.clean(
        clean(source),
        tags=set(ALLOWED_TAGS),
        attributes={**{tag: set(names) for tag, names in ALLOWED_TAGS.items() if names}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    if not kept.strip():
        return []
    if _depth(kept) > _PARSED:
        return paragraphs(unescape(nh3.clean(kept, tags=set())))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = html.document_fromstring(f"<div>{clean(kept)}</div>".encode(), parser=parser)
    return _flow(list(_pieces(root, 0)), heading - 2)


def _depth(source: str) -> int:
    """How deep the elements of clean HTML are nested at most."""
    deepest = depth = 0
    for closing, tag in _TAG.findall(source):
        if tag not in {"br", "hr"}:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


def _pieces(node: Any, depth: int) -> Iterator[_Piece]:
    if node.text:
        yield _Piece("", clean(node.text))
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if depth >= _DEEPEST:
            yield _Piece("", clean("".join(child.itertext())))
        elif tag in ALLOWED_TAGS:
            yield _Piece(tag, href=child.get("href") or "", pieces=tuple(_pieces(child, depth + 1)))
        else:
            yield from _pieces(child, depth + 1)
        if child.tail:
            yield _Piece("", clean(child.tail))


def _flow(pieces: Iterable[_Piece], shift: int) -> list[Any]:
    """Blocks; what stands between them becomes paragraphs."""
    blocks: list[Any] = []
    loose: list[_Piece] = []

    def settle() -> None:
        if any(not _is_blank(piece) for piece in loose):
            blocks.append(element("p", _phrases(loose)))
        loose.clear()

    for piece in pieces:
        if piece.tag in _INLINE and any(_holds_block(inner) for inner in piece.pieces):
            settle()
            blocks.extend(_flow(piece.pieces, shift))
        elif piece.tag in _INLINE or piece.tag in {"", "br"}:
            loose.append(piece)
        else:
            settle()
            blocks.extend(_block(piece, shift))
    settle()
    return blocks


def _block(piece: _Piece, shift: int) -> list[Any]:
    if piece.tag == "hr":
        return [element("hr")]
    if piece.tag in {"ul", "ol"}:
        entries = [_entry("li", inner, shift) for inner in piece.pieces if not _is_blank(inner)]
        return [element(piece.tag, entries)] if entries else []
    if piece.tag == "table":
        return _table(piece, shift)
    if piece.tag == "blockquote":
        inside = _flow(piece.pieces, shift)
        return [element("blockquote", inside)] if inside else []
    if piece.tag not in {"p", "h2", "h3", "h4"}:
        # Parts of a list or a table without one.
        return _flow(piece.pieces, shift)
    if any(_holds_block(inner) for inner in piece.pieces):
        return _flow(piece.pieces, shift)
    if _is_blank(piece):
        return []
    tag = "p" if piece.tag == "p" else _HEADINGS[min(int(piece.tag[1]) - 2 + shift, len(_HEADINGS) - 1)]
    return [element(tag, _phrases(piece.pieces))]


def _entry(tag: str, piece: _Piece, shift: int) -> Any:
    pieces = piece.pieces if piece.tag in {"li", "td", "th"} else (piece,)
    if any(_holds_block(inner) for inner in pieces):
        return element(tag, _flow(pieces, shift))
    return element(tag, _phrases(pieces))


def _table(piece: _Piece, shift: int) -> list[Any]:
    caption = next((inner for inner in piece.pieces if inner.tag == "caption"), None)
    head = [row for part in piece.pieces if part.tag == "thead" for row in part.pieces if row.tag == "tr"]
    rows = [
        row
        for part in piece.pieces
        for row in (part.pieces if part.tag == "tbody" else (part,))
        if row.tag == "tr" and part.tag != "thead"
    ]
    made_head, made_rows = ([made for row in some if (made := _row(row, shift)) is not None] for some in (head, rows))
    if not made_rows:
        made_head, made_rows = [], made_head
    if not made_rows:
        return _flow((inner for inner in piece.pieces if inner.tag != "caption"), shift)
    return [
        element(
            "table",
            element("caption", _phrases(caption.pieces)) if caption and not _is_blank(caption) else None,
            element("thead", made_head) if made_head else None,
            element("tbody", made_rows),
        )
    ]


def _row(piece: _Piece, shift: int) -> Any | None:
    cells = [_entry(cell.tag, cell, shift) for cell in piece.pieces if cell.tag in {"td", "th"}]
    return element("tr", cells) if cells else None


def _phrases(pieces: Iterable[_Piece], *, in_link: bool = False) -> Iterator[Child]:
    """What may stand within a line: of blocks their words, of a link within a link its words."""
    for piece in pieces:
        if not piece.tag:
            yield piece.text
        elif piece.tag == "br":
            yield element("br")
        elif piece.tag == "a":
            url = "" if in_link else address(piece.href)
            inside = list(_phrases(piece.pieces, in_link=in_link or bool(url)))
            yield element("a", inside, href=url) if url else inside
        elif piece.tag in _INLINE:
            yield element(piece.tag, _phrases(piece.pieces, in_link=in_link))
        else:
            yield " "
            yield from _phrases(piece.pieces, in_link=in_link)
            yield " "


def _holds_block(piece: _Piece) -> bool:
    return (piece.tag not in _INLINE and piece.tag not in {"", "br"}) or any(map(_holds_block, piece.pieces))


def _is_blank(piece: _Piece) -> bool:
    if not piece.tag:
        return not piece.text.strip()
    return piece.tag not in {"hr"} and all(map(_is_blank, piece.pieces))
