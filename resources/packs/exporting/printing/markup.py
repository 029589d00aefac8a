"""The text of an article as a tree of what it is made of: data for the template, never markup for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.etree import LxmlError

from resources.packs.content import ALLOWED_TAGS
from resources.packs.exporting.printing.texts import clean, runs

Node = dict[str, Any]
DEEPEST = 12
MOST_COLUMNS = 12
SCHEMES = ("http://", "https://", "mailto:")
_SILENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "title", "textarea"}
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sup": "sup", "sub": "sub"}
_HEADINGS = {"h2": 0, "h3": 1, "h4": 2}
_SPACES = re.compile(r"[ \t\n\r\f]+")


def tree(body: str, language: str) -> list[Node]:
    """The blocks of `body`, HTML in `ALLOWED_TAGS`; of other tags only what they hold. [] if it holds no text."""
    try:
        root = html.fragment_fromstring(clean(body), create_parent="div")
    except (LxmlError, ValueError):
        return []
    found = list(_Reader(language).blocks(root, 0))
    return found if any(map(_tells, found)) else []


def plain(nodes: list[Node]) -> int:
    """How many characters the tree shows."""
    return sum(_length(node) for node in nodes)


def cut(nodes: list[Node], most: int) -> tuple[list[Node], bool]:
    """The first blocks that show at most `most` characters, at least one; and whether any were left out."""
    kept: list[Node] = []
    shown = 0
    for node in nodes:
        shown += _length(node)
        if kept and shown > most:
            return kept, True
        kept.append(node)
    return kept, False


def _length(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(map(_length, value))
    if isinstance(value, dict):
        return sum(_length(value[key]) for key in ("runs", "c", "rows", "caption") if key in value)
    return 0


def _tells(node: Node) -> bool:
    return _length(node) > 0


class _Reader:
    def __init__(self, language: str) -> None:
        self._language = language

    def blocks(self, element: Any, depth: int) -> Iterator[Node]:
        """The blocks within an element; what stands loose is a paragraph."""
        loose: list[Node] = []
        for child in self._children(element):
            is_block = not isinstance(child, str) and _is_block(child)
            if not is_block:
                loose += self._inline(child, depth)
                continue
            yield from _paragraph(loose)
            loose = []
            yield from self._block(child, depth + 1)
        yield from _paragraph(loose)

    def _block(self, element: Any, depth: int) -> Iterator[Node]:
        tag = element.tag
        if depth > DEEPEST:
            # What is nested deeper than any text needs is set as text.
            yield from _paragraph(self._text("".join(element.itertext())))
        elif tag in _HEADINGS:
            inner = list(self._inlines(element, depth))
            if any(map(_tells, inner)):
                yield {"k": "h", "level": _HEADINGS[tag], "c": inner}
        elif tag in {"ul", "ol"}:
            items = [list(self.blocks(child, depth)) for child in element if child.tag == "li"]
            if items := [item for item in items if item]:
                yield {"k": tag, "c": items}
        elif tag == "blockquote":
            yield {"k": "quote", "c": list(self.blocks(element, depth))}
        elif tag == "hr":
            yield {"k": "hr"}
        elif tag == "table":
            yield from self._table(element, depth)
        else:
            yield from self.blocks(element, depth)

    def _table(self, element: Any, depth: int) -> Iterator[Node]:
        rows = []
        for row in element.iter("tr"):
            cells = [cell for cell in row if cell.tag in {"th", "td"}][:MOST_COLUMNS]
            if cells:
                rows.append([{"head": cell.tag == "th", "c": list(self.blocks(cell, depth))} for cell in cells])
        if not rows:
            return
        columns = max(map(len, rows))
        for row in rows:
            row += [{"head": False, "c": []}] * (columns - len(row))
        caption = element.find("caption")
        yield {
            "k": "table",
            "columns": columns,
            "rows": rows,
            "caption": list(self._inlines(caption, depth)) if caption is not None else [],
        }

    def _inlines(self, element: Any, depth: int) -> Iterator[Node]:
        for child in self._children(element):
            yield from self._inline(child, depth)

    def _inline(self, child: Any, depth: int) -> Iterator[Node]:
        if isinstance(child, str):
            yield from self._text(child)
        elif depth > DEEPEST:
            yield from self._text("".join(child.itertext()))
        elif child.tag == "br":
            yield {"k": "br"}
        elif child.tag in _INLINE:
            yield {"k": _INLINE[child.tag], "c": list(self._inlines(child, depth + 1))}
        elif child.tag == "a" and (url := _address(child.get("href", ""))):
            yield {"k": "a", "url": url, "c": list(self._inlines(child, depth + 1))}
        else:
            yield from self._inlines(child, depth + 1)

    def _text(self, text: str) -> list[Node]:
        joined = _SPACES.sub(" ", text)
        return [{"k": "t", "runs": runs(joined, self._language)}] if joined else []

    def _children(self, element: Any) -> Iterator[Any]:
        if element.text:
            yield element.text
        for child in element:
            # Comments and the like have no name.
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                yield child
            if child.tail:
                yield child.tail


def _is_block(element: Any) -> bool:
    """Whether an element begins a block, or holds one: what isn't allowed is looked through."""
    tag = element.tag
    if tag in _INLINE or tag in {"a", "br"}:
        return False
    return tag in ALLOWED_TAGS or tag in {"div", "section", "article", "main", "figure"} or len(element) > 0


def _paragraph(loose: list[Node]) -> Iterator[Node]:
    if any(_tells(node) and not _is_space(node) for node in loose):
        yield {"k": "p", "c": loose}


def _is_space(node: Node) -> bool:
    return node["k"] == "t" and all(isinstance(run, str) and not run.strip() for run in node["runs"])


def _address(href: str) -> str:
    address = href.strip()
    return address if address.lower().startswith(SCHEMES) and len(address) <= 2_000 else ""
