"""The styles as citeproc holds them, parsed once in a process for each language."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from citeproc import Citation as Citing
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON

FOLDER = Path(__file__).resolve().parent.parent / "styles"
FILES = {"apa": "apa.csl", "chicago": "chicago-author-date.csl", "harvard": "harvard-cite-them-right.csl"}
# The languages for which citeproc has terms that are translated. Its Khmer file holds English terms, and for Lao and
# Burmese it has none: they get English throughout, rather than English words around a Khmer month.
LOCALES = {
    "id": "id-ID",
    "ms": "ms-MY",
    "th": "th-TH",
    "vi": "vi-VN",
    "fil": "tl-PH",
    "zh-hans": "zh-CN",
    "pt": "pt-PT",
}
# In English each manual's own: two of them are American, Cite Them Right is British.
ENGLISH = {"apa": "en-US", "chicago": "en-US", "harvard": "en-GB"}

# Marks of private use, which no cleaned text has: where italics begin and end, and where a value ends.
ON, OFF, END = "\ue000", "\ue001", "\ue002"
_MARKING = SimpleNamespace(
    preformat=str,
    Italic=lambda text: f"{ON}{text}{OFF}",
    Oblique=lambda text: f"{ON}{text}{OFF}",
    **dict.fromkeys(("Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str),
)
# A stop after a value's own stop: 'What now?.' Quotation marks may stand between.
_SECOND_STOP = re.compile(rf"(?<=[.?!…。．？！។៕။])(['\"”’»》]*[{OFF}{END}]+)[.。]")


@lru_cache(maxsize=64)
def style_of(style: str, language: str) -> Any:
    """The style, with its terms in a language. Raises `KeyError` for a style that isn't there."""
    parsed = CitationStylesStyle(
        str(FOLDER / FILES[style]), locale=LOCALES.get(language, ENGLISH[style]), validate=False
    )
    if style == "chicago":
        # Chicago writes given names out: its file says `initialize="false"`, which citeproc-py doesn't read.
        parsed.root.attrib.pop("initialize-with", None)
    return parsed


def render(parsed: Any, item: dict[str, Any]) -> str:
    """An item of CSL-JSON in a style, with marks; "" if the style makes nothing of it. One thread at a time."""
    bibliography = CitationStylesBibliography(parsed, CiteProcJSON([{**item, "id": "item"}]), _MARKING)
    bibliography.register(Citing([CitationItem("item")]))
    return "".join(str(entry) for entry in bibliography.bibliography())


def tidied(marked: str) -> str:
    """Without italics around nothing, without doubled stops where a value meets a style's punctuation."""
    marked = marked.replace(ON + OFF, "")
    return _SECOND_STOP.sub(r"\1", marked).replace(END, "").replace("  ", " ").strip()


def as_plain(marked: str) -> str:
    return marked.replace(ON, "").replace(OFF, "")


def as_html(marked: str) -> str:
    return html.escape(marked).replace(ON, "<i>").replace(OFF, "</i>")
