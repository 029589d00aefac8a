"""Addresses of the page at hand in other languages."""

from __future__ import annotations

from django.http import HttpRequest

from search.languages import LANGUAGE_CODES


def in_language(path: str, language: str) -> str:
    """A path of the portal with its language replaced; a path without one leads to that language's home page."""
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{language}/{rest}" if first in LANGUAGE_CODES else f"/{language}/"


def without_page_number(request: HttpRequest) -> str:
    """The path and query of a request without `page`: in another language results may stand on other pages."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
