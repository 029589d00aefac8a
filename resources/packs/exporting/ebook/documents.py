"""Documents of XHTML that a book is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from resources.packs.exporting.xhtml import EPUB, XHTML, Child, element
from resources.packs.exporting.xml_text import one_line

STYLE = "style.css"


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page of a document that the book holds: what it is called and where it stands."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class BookDocument:
    """A file of the book. `identifier` is its name in the package document."""

    identifier: str
    href: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Chapter:
    """An item as documents, the first of which begins it."""

    title: str
    language: str
    documents: tuple[BookDocument, ...]
    pages: tuple[BookPage, ...] = ()

    @property
    def href(self) -> str:
        return self.documents[0].href


def document(identifier: str, title: str, language: str, kind: str, *children: Child, look: str = "") -> BookDocument:
    """A document whose words are in `language` where its parts don't say otherwise; `kind` is its `epub:type`, `look`
    its class in the style sheet.
    """
    root = element(
        "html",
        element(
            "head",
            element("title", one_line(title)),
            element("link", rel="stylesheet", type="text/css", href=STYLE),
        ),
        element("body", *children, kind=kind, class_=look),
        lang=language,
    )
    return BookDocument(identifier, f"{identifier}.xhtml", serialise(root))


def serialise(root: Any) -> bytes:
    etree.cleanup_namespaces(root, top_nsmap={None: XHTML, "epub": EPUB})
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>", pretty_print=False)
    )
