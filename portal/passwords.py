"""The passwords of pages and collections: asked for as Wagtail does, but not guessed at for ever, and not asked by
number what stands where. And a new password of an account: by mail, but not by as many mails as a stranger likes.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import PasswordResetView
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Page, PageViewRestriction

from search.throttling import times, too_often_from

A_PLACE = 20
A_PROXY = 400
"""Passwords tried, or new ones asked for, within an hour, right ones too; a school sits behind one address."""
AN_ACCOUNT = 5
"""Mails with a link to a new password that one address is sent within an hour."""


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


class NewPasswordView(PasswordResetView):
    """In place of Wagtail's: anyone may fill in the form, for anybody's address.

    Who asks for one address too often is told what he is always told, which says nothing of who has an account.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        remote = self.request.META.get("REMOTE_ADDR", "")
        if too_often_from("portal.new_password", remote, a_place=A_PLACE, a_proxy=A_PROXY):
            return _too_often(self.request)
        if times("portal.new_password.for", form.cleaned_data["email"].casefold()) > AN_ACCOUNT:
            return redirect(self.get_success_url())
        return super().form_valid(form)


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
