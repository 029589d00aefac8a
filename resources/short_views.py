"""`/r/<code>`: the permanent address of a work."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.http import require_safe

from resources.access import may_see_page
from resources.models import ShortId, Withdrawal
from resources.reader_language import language_before, language_distance
from resources.short_addresses import in_interface
from resources.withdrawing import notice_without_page
from resources.withdrawing.notice import open_versions


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponseBase:
    """Leads to the version that suits the reader, wherever it stands by now; of a withdrawn work to the page that says
    why. What the visitor may not open is a 404, as a code that was never given.
    """
    work = get_object_or_404(ShortId, code=code).work
    reader = language_before(request)
    with override(reader):
        response = _answer(request, work, reader)
    patch_vary_headers(response, ["Accept-Language", "Cookie", "Referer"])
    return response


def _answer(request: HttpRequest, work: UUID, reader: str) -> HttpResponse:
    live = {page.locale.language_code: page for page in open_versions(work, request)}
    if live:
        best = live[min(live, key=lambda language: language_distance(language, reader))]
        return HttpResponseRedirect(in_interface(best.get_url() or "", reader))
    withdrawal = get_object_or_404(Withdrawal, work=work)
    versions = list(withdrawal.versions.select_related("page__locale"))
    if all(version.page is None for version in versions):
        return notice_without_page(withdrawal, request)
    pages = [version.page for version in versions if version.page is not None]
    there = [page for page in pages if may_see_page(page, request)]
    if not there:
        raise Http404
    nearest = min(there, key=lambda page: language_distance(page.locale.language_code, reader))
    return HttpResponseRedirect(in_interface(nearest.get_url() or "", reader))
