"""Markup and addresses that strangers wrote, made harmless."""

from __future__ import annotations

from urllib.parse import urlsplit

import nh3

from resources.packs.content import ALLOWED_TAGS

_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    attributes={tag: set(attributes) for tag, attributes in ALLOWED_TAGS.items() if attributes},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)


def clean_body(html: str) -> str:
    """HTML with the tags and attributes of `ALLOWED_TAGS` alone; links lead to the web or to a mail address."""
    return _CLEANER.clean(html)


def web_address(url: str) -> str:
    """An address on the web as it is, "" for any other: a script, a file of the reader's own."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""
