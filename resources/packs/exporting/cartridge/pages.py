"""Pages of HTML that a learning system shows. They say all without their style sheet, which some systems drop."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from lxml import etree

from resources.packs.exporting.xhtml import XHTML, Child, element

STYLE = "style/reading.css"
_UP = "../"
# Elements of HTML 5 that have no end, which libxml2 doesn't know.
_CLOSED = re.compile(rb"</(?:source|track)>")


def page(title: str, language: str, *children: Child) -> bytes:
    """A page in the folder `pages`."""
    root = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title),
            element("link", rel="stylesheet", href=_UP + STYLE),
        ),
        element("body", element("main", *children)),
        lang=language,
    )
    made = etree.tostring(_as_html(root), method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return _CLOSED.sub(b"", made)


def fragment(*children: Child) -> str:
    """HTML in ASCII alone: a learning system that takes it for another encoding reads the same."""
    made = _as_html(element("div", *children))
    return bytes(etree.tostring(made, method="html", encoding="ascii")).decode("ascii")


def _as_html(root: Any) -> Any:
    made = deepcopy(root)
    for each in made.iter(f"{{{XHTML}}}*"):
        each.tag = etree.QName(each).localname
        for name in [name for name in each.attrib if name.startswith("{")]:
            del each.attrib[name]
    etree.cleanup_namespaces(made)
    return made
