"""Citations of a work to download."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from resources.access import may_see_page
from resources.interop.citations import CitationFormat, written
from resources.interop.page_record import record_of
from resources.models import ResourcePage
from resources.short_addresses import permanent_url


@require_safe
def cite(request: HttpRequest, page_id: int, form: str) -> HttpResponse:
    """The version `page_id` of a work as a file, words in the interface's language.

    Who may not open the page gets the same 404 as for one that isn't there, or a format that isn't.
    """
    if form not in {known.value for known in CitationFormat}:
        raise Http404
    wanted = CitationFormat(form)
    # By `id`, not by `pk`, which leads there over a relation: of that a number too large for a database is an error.
    page = get_object_or_404(ResourcePage.objects.live().select_related("locale"), id=page_id).specific
    if not may_see_page(page, request) or not page.get_url(request):
        raise Http404
    countries = [country.code for country in page.countries.all()]
    record = record_of(
        page,
        request.build_absolute_uri("/"),
        timezone.localdate(),
        countries=countries,
        permanent=permanent_url(page, request),
    )
    text = written([record], wanted, get_language() or "en")
    response = HttpResponse(text, content_type=f"{wanted.media_type}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{page.slug}{wanted.ending}")
    response["X-Robots-Tag"] = "noindex"
    return response
