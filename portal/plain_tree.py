"""Plain pages as a tree: what stands beside a page, below it, and on the first page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from portal.models import PlainPage
from resources.reading.visible import visible_pages

TOP = 3  # the depth of root, home, page


@dataclass(frozen=True, slots=True)
class TreeItem:
    """`level` counts from 0 at the top of the tree."""

    title: str
    summary: str
    url: str
    language: str
    level: int
    current: bool


@dataclass(frozen=True, slots=True)
class PlainTree:
    items: list[TreeItem]
    below: list[TreeItem]


def tree_around(page: PlainPage, request: HttpRequest) -> PlainTree:
    """All pages of the part that `page` is in, and those right below `page`: in the reader's language where it can
    be.
    """
    top_path = page.path[: PlainPage.steplen * TOP]
    top = page if page.depth == TOP else PlainPage.objects.get(path=top_path)
    # English pages give the order and the ones that are not translated yet.
    english = PlainPage.objects.filter(
        translation_key=top.translation_key, locale__language_code="en", live=True
    ).first()
    pages = _in_order([english or top], request)
    items = [_item(base, shown, page) for base, shown in pages]
    own = next((base for base, _shown in pages if base.translation_key == page.translation_key), None)
    below = [_item(base, shown, page) for base, shown in pages if own and base.path[:-4] == own.path]
    return PlainTree(items, below)


def first_pages(request: HttpRequest, most: int = 4) -> list[TreeItem]:
    """Plain pages to name on the first page: those right below the ones that menus show, else these themselves."""
    tops = PlainPage.objects.live().in_menu().filter(depth=TOP, locale__language_code="en").order_by("path")
    items = [_item(base, shown, None) for base, shown in _in_order(list(tops), request)]
    return ([item for item in items if item.level == 1] or items)[:most]


def _in_order(tops: list[PlainPage], request: HttpRequest) -> list[tuple[PlainPage, PlainPage]]:
    """Each live page of the trees as it stands, with the version of it that suits the reader."""
    bases: list[PlainPage] = []
    for top in tops:
        found = PlainPage.objects.live().descendant_of(top, inclusive=True).select_related("locale").order_by("path")
        bases.extend(visible_pages(found, request))
    reader = get_language() or "en"
    keys = [base.translation_key for base in bases]
    versions = (
        PlainPage.objects.live().filter(translation_key__in=keys, locale__language_code=reader).select_related("locale")
    )
    own = {version.translation_key: version for version in versions}
    return [(base, own.get(base.translation_key, base)) for base in bases]


def _item(base: Page, shown: PlainPage, current: PlainPage | None) -> TreeItem:
    _empty, _home, path = shown.url_path.split("/", 2)
    return TreeItem(
        title=shown.title,
        summary=shown.summary,
        url=f"/{get_language() or 'en'}/{path}",
        language=shown.locale.language_code,
        level=base.depth - TOP,
        current=current is not None and base.translation_key == current.translation_key,
    )
