"""What visitors open from results of a search is counted. Imported by wagtail_hooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.documents.models import document_served
from wagtail.models import Page

from resources.models import PortalDocument, ResourcePage
from search.statistics import counting

Serve = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponse]


# The innermost of the chain: Wagtail's own, which sends away who may not see a page, comes before it.
@hooks.register("on_serve_page", order=1000)
def count_page(serve: Serve) -> Serve:
    def served(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
        response = serve(page, request, args, kwargs)
        if isinstance(page, ResourcePage) and response.status_code == 200:
            counting.opened(request, [page.work])
        return response

    return served


@receiver(document_served)
def _document_served(instance: PortalDocument, request: HttpRequest, **_kwargs: Any) -> None:
    """A passage among the results leads right into a file. Of the parts that its viewer asks for, the first counts."""
    if request.headers.get("Range", "bytes=0-").startswith("bytes=0-"):
        pages = ResourcePage.objects.live().filter(resource_files__document=instance)
        counting.opened(request, (str(work) for work in pages.values_list("translation_key", flat=True).distinct()))
