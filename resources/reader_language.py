"""The language of a reader who comes by an address that has none."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import get_language

from search.languages import LANGUAGE_CODES


def language_before(request: HttpRequest) -> str:
    """That of the page the visitor comes from, if it was one of the portal's; else what the browser asks for."""
    fallback = get_language() or "en"
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return fallback
    first = before.path.strip("/").partition("/")[0]
    return first if before.netloc == request.get_host() and first in LANGUAGE_CODES else fallback
