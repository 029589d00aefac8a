"""The passwords of pages and collections: asked for as Wagtail does, but not guessed at for ever, and not asked by
number what stands where.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Page, PageViewRestriction

from search.throttling import too_often_from

A_PLACE = 20
A_PROXY = 400
"""Passwords tried within an hour, right ones too; a school sits behind one address."""


@require_POST
@never_cache
def of_page(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """What the form of a restricted page sends, and of those below it."""
    restriction = get_object_or_404(
        PageViewRestriction, pk=page_view_restriction_id, restriction_type=BaseViewRestriction.PASSWORD
    )
    page = get_object_or_404(Page, pk=page_id)
    if not page.path.startswith(restriction.page.path):
        raise Http404
    return _answered(request, restriction)


@require_POST
@never_cache
def of_collection(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """What the form of a file in a restricted collection sends."""
    restriction = get_object_or_404(
        CollectionViewRestriction, pk=restriction_id, restriction_type=BaseViewRestriction.PASSWORD
    )
    return _answered(request, restriction)


def _answered(request: HttpRequest, restriction: BaseViewRestriction) -> HttpResponse:
    """On to what was asked for, or the form once more. Of the page itself nothing is said."""
    if _is_shut_out(request):
        return _too_often(request)
    form = PasswordViewRestrictionForm(request.POST, instance=restriction)
    if form.is_valid():
        restriction.mark_as_passed(request)
        back = form.cleaned_data["return_url"]
        is_ours = url_has_allowed_host_and_scheme(back, request.get_host(), request.is_secure())
        return redirect(back if is_ours else settings.LOGIN_REDIRECT_URL)
    return render(request, "password_required.html", {"form": form, "action_url": request.path})


def _is_shut_out(request: HttpRequest) -> bool:
    """Count that a password is tried: whether it is one too many of this hour from where the visitor is."""
    return too_often_from("portal.passwords", request.META.get("REMOTE_ADDR", ""), a_place=A_PLACE, a_proxy=A_PROXY)


def _too_often(request: HttpRequest) -> HttpResponse:
    response = render(request, "errors/429.html", status=429)
    response["Retry-After"] = "3600"
    return response
