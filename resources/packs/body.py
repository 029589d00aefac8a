"""A work's own text as plain HTML: what packs carry where there is no document, or beside it."""

from __future__ import annotations

from html import escape

import nh3
from django.conf import settings
from django.utils.translation import override
from wagtail.rich_text import expand_db_html

from resources.models import GoodPracticePage, ResourcePage, StudyVisitReportPage
from resources.packs.content import ALLOWED_TAGS

_LONGEST = 500_000
"""Characters of HTML; no page that people write is longer."""


def body_html(page: ResourcePage) -> str:
    """The page's text in `ALLOWED_TAGS`, its addresses absolute; "" if it has none."""
    with override(page.locale.language_code):
        parts = [_points(page), page.body.render_as_block() if page.body else "", *_own(page)]
    return clean_html("".join(parts)).strip()


def clean_html(html: str) -> str:
    """Any HTML as HTML of `ALLOWED_TAGS` alone; nothing in it can run or load anything."""
    return nh3.clean(
        html[:_LONGEST],
        tags=set(ALLOWED_TAGS),
        attributes={tag: set(attributes) for tag, attributes in ALLOWED_TAGS.items() if attributes},
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", settings.SEARCH_BASE_URL),
        link_rel=None,
    )


def _points(page: ResourcePage) -> str:
    points = getattr(page, "key_points", None) or ()
    items = "".join(f"<li>{escape(str(point.value))}</li>" for point in points)
    return f"<ul>{items}</ul>" if items else ""


def _own(page: ResourcePage) -> list[str]:
    parts: list[tuple[str, str]] = []
    if isinstance(page, GoodPracticePage):
        parts = [(heading, text) for _name, heading, text in page.parts]
    elif isinstance(page, StudyVisitReportPage):
        parts = [(str(page._meta.get_field(name).verbose_name), getattr(page, name)) for name in ("learnt", "followed")]
    return [
        f"<h2>{escape(heading[:1].upper() + heading[1:])}</h2>{expand_db_html(text)}" for heading, text in parts if text
    ]
