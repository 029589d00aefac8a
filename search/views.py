"""The search page: binds a query, asks the service, renders."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search import registry, service
from search.forms import bind_page
from search.languages import LANGUAGE_CODES
from search.page import search_page as page_of
from search.statistics import counting


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results and facets for the parameters of the address; see `search.page.SearchPage` for the template's context."""
    ui = get_language() or "en"
    bound = bind_page(request.GET, ui=ui if ui in LANGUAGE_CODES else "en", readers=registry.readers(request.user))
    results = service.search(bound.query)
    counting.searched(request, results)
    return render(request, "search/search.html", page_of(request.path, bound, results).context())
