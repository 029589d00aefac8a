"""Citations as a list of references has them, in APA, Chicago (author and date) and Harvard (Cite Them Right).

citeproc-py does most of it. What it gets wrong is mended by what it is given, not by changing it:
- It doubles the title of a work without an author. The title is given in the author's place.
- It lets a title's question mark be followed by a full stop. Values end in a mark by which that is seen afterwards.
- It escapes nothing. It is given and gives plain text with marks for italics, from which text and HTML are made.
- It knows no part of a film, and Chicago none of a report: its words stand in brackets after the title.
- Between two names that aren't turned round Chicago has no comma: they are given as one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from citeproc.model import TextCased
from citeproc.string import String
from django.utils.translation import override

from resources.interop.citations.as_csl_json import csl_item
from resources.interop.citations.as_line import line
from resources.interop.citations.cleaning import one_line
from resources.interop.citations.names import names_of
from resources.interop.citations.styles import END, FILES, OFF, ON, as_html, as_plain, render, style_of, tidied
from resources.interop.record import Record

STYLES = tuple(FILES)
# The parsed styles keep state while they render.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Citation:
    """The same citation without and with italics; `html` holds no tags but `<i>`."""

    text: str
    html: str


class _Headline(TextCased):  # type: ignore[misc, unused-ignore]
    """Capitals as Chicago has them in English titles, by citeproc's own rule."""

    def get(self, _name: str) -> str:
        return "title"


def formatted(records: Sequence[Record], style: str, language: str) -> list[Citation]:
    """A citation for each record, in their order: `style` one of `STYLES`, terms and dates in `language`, a language
    code of the portal; a language without terms of its own, or unknown, has English ones.

    Raises `ValueError` for a style that isn't there, and nothing for any record. A citation takes 10 to 60 ms.
    """
    if style not in FILES:
        raise ValueError(f"no such style: {style}")
    return [_citation(record, style, language) for record in records]


@lru_cache(maxsize=1024)
def _citation(record: Record, style: str, language: str) -> Citation:
    with override(language), _ONE_AT_A_TIME:
        parsed = style_of(style, language)
        marked = tidied(render(parsed, _item(record, style, parsed))) or line(record)
    return Citation(text=as_plain(marked), html=as_html(marked))


def _item(record: Record, style: str, parsed: Any) -> dict[str, Any]:
    """What a style is given of a record: values end in a mark, and stand where the style's manual wants them."""
    item = csl_item(record, "item")
    for unread in ("abstract", "keyword", "note"):
        item.pop(unread, None)
    names = names_of(record)
    item["title"] = _value(item["title"])
    if "publisher" in item:
        item["publisher"] = _value(item["publisher"])
        # The body whose work it is isn't named a second time as its publisher.
        if [name.plain for name in names] == [one_line(record.publisher)]:
            del item["publisher"]
    part = one_line(record.part)
    if style == "chicago" or item["type"] != "report":
        item.pop("page", None)
    if not one_line(record.title):
        # What stands for a title is a description: neither in italics nor with a title's capitals.
        _without_kind(item)
        item["title"], item["language"] = f"{OFF}{item['title']}{ON}", "zxx"
    if names:
        item["author"] = [
            {"literal": _value(name["literal"])} if "literal" in name else name for name in item["author"]
        ]
        if part and "page" not in item:
            item["title"] += f"{OFF} ({part}){ON}"
        if style == "chicago" and len(names) == 2 and names[0].literal:
            both = [_value(name.literal or f"{name.given} {name.family}") for name in names]
            item["author"] = [{"literal": f" {parsed.root.get_single_term(name='and')} ".join(both)}]
    else:
        item["author"] = [{"literal": _leading_title(item, part, style)}]
    return item


def _leading_title(item: dict[str, Any], part: str, style: str) -> str:
    """The title in the author's place, taken out of its own; in APA what describes it goes with it."""
    title = item.pop("title")
    if style == "chicago":
        title = str(_Headline().case(String(title), item.get("language", "")[:2]))
    leading = f"{ON}{title}{OFF}"
    if part and not (style == "harvard" and "page" in item):
        leading += f" ({part})"
    if style != "harvard":
        item.pop("page", None)
    if style == "apa":
        kind = _without_kind(item)
        leading += f" [{kind}]" if kind else ""
    return leading


def _without_kind(item: dict[str, Any]) -> str:
    """Takes out what kind of work it is, which is said elsewhere already; APA would say of a film that it is one."""
    item["type"] = "report"
    return str(item.pop("genre", "") or item.pop("medium", ""))


def _value(text: str) -> str:
    """A value with its end marked, without the punctuation at its end that a style's own would double."""
    return f"{text.rstrip(' ,;:') or text}{END}"
