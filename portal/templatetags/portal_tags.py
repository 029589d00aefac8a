"""Names, dates and numbers as each language writes them, and where the page at hand stands in other languages."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_skeleton
from django import template
from django.utils.translation import get_language

from portal.context_processors import LanguageSwitch
from portal.models import PlainPage
from portal.plain_tree import PlainTree, TreeItem, first_pages, tree_around
from portal.results import HitView, facet_views, hit_view
from resources import places
from resources.places import cldr
from resources.reading.film import second_address
from search.types import Hit, MarkedPassage

register = template.Library()

register.filter("native_name", places.native_name)
register.filter("lang_attr", places.bcp47)


@register.filter
def country_name(code: str) -> str:
    """The name of a country in the interface's language."""
    return places.country_name(code)


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the interface's language."""
    return places.language_name(code)


@register.filter
def number(value: float | None) -> str:
    return "" if value is None else places.small_number(value, get_language() or "en")


@register.filter
def day(value: date | None) -> str:
    return "" if value is None else places.day(value)


@register.simple_tag
def day_span(first: date | None, last: date | None = None) -> str:
    """A day, or a span of days; either end may be missing."""
    known = [value.date() if isinstance(value, datetime) else value for value in (first, last) if value]
    return places.day_span(known[0], known[-1]) if known else ""


@register.filter
def file_size(size: int | None) -> str:
    """A size in bytes, rounded as people say it: 640 kB, 2.4 MB, never broken. Nothing when it isn't known."""
    if not size:
        return ""
    return places.file_size(size, get_language() or "en")


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds as a clock shows them: 134.2 → 2:14, 3734 → 1:02:14. Nothing when they aren't known."""
    if seconds is None:
        return ""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.simple_tag(takes_context=True)
def language_switch(context: template.Context) -> LanguageSwitch | None:
    """This page in each language of the interface, for the language switch and for search engines."""
    portal = context.get("portal")
    return portal.switch(_translations(context)) if portal else None


@register.simple_tag(takes_context=True)
def canonical_path(context: template.Context) -> str:
    """Where this page stands by itself: a page shown for want of a translation stands under its own language."""
    page, portal = context.get("page"), context["portal"]
    if page is not None and _translations(context) is not None and page.locale.language_code != portal.language:
        return str(page.get_url())
    return str(context["request"].path)


def _translations(context: template.Context) -> dict[str, str] | None:
    """The addresses of a page's translations by language; None for pages that are there in every language."""
    page = context.get("page")
    if "translations" not in context and isinstance(page, PlainPage):
        found = page.get_translations(inclusive=True).live().select_related("locale")
        context.dicts[0]["translations"] = {item.locale.language_code: item.get_url() for item in found}
    return context.get("translations")


@register.simple_tag(takes_context=True)
def page_tree(context: template.Context) -> PlainTree:
    """The plain pages around the one at hand."""
    return tree_around(context["page"], context["request"])


@register.simple_tag(takes_context=True)
def project_pages(context: template.Context) -> list[TreeItem]:
    """The project's pages that the first page names."""
    return first_pages(context["request"])


@register.filter
def month_year(value: date) -> str:
    """The month and year of a day, in short: 'Jun 2015'."""
    return str(format_skeleton("yMMM", value, locale=cldr(get_language() or "en")))


@register.filter
def dotted(value: str) -> list[str]:
    """The parts between dots of a line such as 'Cambodia · Lao PDR · +4'."""
    return value.split(" · ") if value else []


@register.filter
def seconds(value: float) -> str:
    """Seconds as addresses have them, never with a comma: 134.2 → '134.2'."""
    return f"{value:g}"


@register.simple_tag(name="hit_view")
def shown_hit(hit: Hit) -> HitView:
    """A hit of the search in the words of the interface's language."""
    return hit_view(hit, get_language() or "en")


@register.simple_tag
def passage_url(passage: MarkedPassage, page: str, kind: str) -> str:
    """Where a passage of a work opens: a page in its file; a second of a film on the film's own page, with captions."""
    if kind == "video" and passage.start is not None:
        return second_address(page, passage.language, passage.start)
    return passage.url


register.filter("facet_views", facet_views)
