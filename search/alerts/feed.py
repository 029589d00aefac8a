"""A search as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import feedgenerator
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from search.alerts.describing import absolute, described, path_of
from search.alerts.finding import Entry
from search.types import SearchQuery

CONTENT_TYPE = feedgenerator.Atom1Feed.content_type

# XML 1.0 has no way to write these: https://www.w3.org/TR/xml/#charsets
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_WORK_YET = datetime(2026, 1, 1, tzinfo=UTC)


def feed_of(query: SearchQuery, entries: tuple[Entry, ...]) -> str:
    """The feed of a search, in its language; the same entries give the same text."""
    told = described(query.text, query.filters, query.ui)
    address = absolute(path_of("search_feed", query.text, query.filters))
    feed = _Atom(
        title=_readable(f"{told} – {settings.WAGTAIL_SITE_NAME}"),
        link=absolute(path_of("search", query.text, query.filters)),
        description="",
        subtitle=_("New in the library"),
        language=bcp47(query.ui),
        author_name=settings.WAGTAIL_SITE_NAME,
        author_link=settings.SEARCH_BASE_URL,
        feed_url=address,
        feed_guid=address,
    )
    for entry in entries:
        hit = entry.hit
        feed.add_item(
            title=_readable(hit.title),
            link=absolute(hit.url),
            description=_readable(hit.snippet_html),
            unique_id=entry_id(hit.work),
            pubdate=entry.since,
            updateddate=entry.since,
            language=bcp47(hit.language),
        )
    return str(feed.writeString("utf-8"))


def entry_id(work: str) -> str:
    """The name of a work in every feed, in all its languages and wherever it moves."""
    try:
        return uuid.UUID(work).urn
    except ValueError:
        # RFC 4151; a year in which the portal's name belonged to the portal.
        return f"tag:{urlsplit(settings.SEARCH_BASE_URL).hostname},2026:work:{quote(work, safe='')}"


def bcp47(code: str) -> str:
    """A language's code as XML has it: zh-hans → zh-Hans."""
    language, _, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language


def _readable(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


class _Atom(feedgenerator.Atom1Feed):
    """As Django's, but each entry says its own language, and one without entries is the same every time."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NO_WORK_YET)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", settings.WAGTAIL_SITE_NAME, {"uri": settings.SEARCH_BASE_URL})
