"""The language of a reader who comes by an address that has none, and how near other languages are to it."""

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


def language_distance(language: str, reader: str) -> int:
    """How far a language is from the reader's: 0 for their own, 1 for English, which most share, 2 for others."""
    return 0 if language == reader else 1 if language == "en" else 2
