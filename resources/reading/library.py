"""The library's own page: the search page with nothing asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from search.views import search_page


def library_response(request: HttpRequest) -> HttpResponse:
    """Everything there is, newest first, with the filters beside it."""
    return search_page(request)
