"""The pages of a carried pack: the first one and one for each item."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from resources.packs.content import PackContent
from resources.packs.exporting.carrying.carried import Carried, CarriedItem
from resources.packs.exporting.carrying.markup import clean_body, web_address
from resources.packs.exporting.carrying.views import file_view, film_view, item_view
from resources.packs.qr_code import qr_inline
from resources.places import bcp47, day, native_name, number, time_needed

_FOLDER = Path(__file__).parent / "look"


@lru_cache(maxsize=1)
def _engine() -> Engine:
    """Templates of this package alone: a site's own can't change what is carried."""
    return Engine(
        dirs=[str(_FOLDER)], libraries={"i18n": "django.templatetags.i18n"}, builtins=["django.templatetags.i18n"]
    )


def style() -> str:
    return (_FOLDER / "style.css").read_text(encoding="utf-8")


def index_page(content: PackContent, items: Carried, language: str) -> str:
    """The first page, `index.html`."""
    sections = [
        {"title": section.title, "items": [item_view(item, items, language) for item in section.items]}
        for section in content.sections
        if section.items
    ]
    minutes = sum(item.minutes for item in content.present)
    credit = {"title": content.based_on[0], "url": web_address(content.based_on[1])} if content.based_on else None
    return _rendered(
        "index.html",
        _frame(content, language, root="")
        | {
            "sections": sections,
            "minutes": time_needed(minutes, language) if minutes else "",
            "made": day(content.made, language),
            "based_on": credit,
            "has_demonstration": any(item.is_demonstration for item in content.present),
        },
    )


def item_page(content: PackContent, carried: CarriedItem, items: Carried, language: str) -> str:
    """The page of an item; its documents and film stand in folders next to its own."""
    item = carried.item
    around = list(items.items.values())
    at = around.index(carried)
    return _rendered(
        "item.html",
        _frame(content, language, root="../")
        | {
            "item": item_view(item, items, language),
            "body": _safe(clean_body(carried.text.body_html)),
            "documents": [file_view(file, item, language) for file in carried.documents],
            "film": film_view(carried, language),
            "original": web_address(item.source_url),
            "online_item": web_address(carried.text.url),
            "elsewhere": [(bcp47(code), native_name(code), web_address(url)) for code, url in item.elsewhere.items()],
            "before": around[at - 1] if at else None,
            "after": around[at + 1] if at + 1 < len(around) else None,
        },
    )


def _frame(content: PackContent, language: str, root: str) -> dict[str, Any]:
    online = web_address(content.url)
    return {
        "pack": content,
        "lang": bcp47(language),
        "pack_lang": bcp47(content.language),
        "root": root,
        "online": online,
        "edition": number(content.number, language),
        "qr": qr_inline(online) if online else "",
    }


def _rendered(name: str, values: dict[str, Any]) -> str:
    return _engine().get_template(name).render(Context(values))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - cleaned by nh3, or drawn here
