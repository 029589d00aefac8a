"""Withdrawing in the admin: the buttons of a page, its addresses, and what its history calls it. Imported by
wagtail_hooks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from resources.models import ResourcePage, Withdrawal
from resources.places import day
from resources.withdrawing.admin import PutBackView, WithdrawView, may_put_back


@hooks.register("register_admin_urls")
def withdrawing_urls() -> list[URLPattern]:
    return [
        path("works/<int:page_id>/withdraw/", WithdrawView.as_view(), name="withdraw_work"),
        path("works/<int:page_id>/put-back/", PutBackView.as_view(), name="put_work_back"),
    ]


def _buttons(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    if not issubclass(page.specific_class or Page, ResourcePage):
        return
    if page.live:
        if page.permissions_for_user(user).can_unpublish():
            yield Button(_("Withdraw"), reverse("withdraw_work", args=[page.pk]), icon_name="cross", priority=61)
    else:
        withdrawal = Withdrawal.objects.filter(work=page.translation_key).first()
        if withdrawal is not None and may_put_back(user, withdrawal):
            yield Button(_("Put back"), reverse("put_work_back", args=[page.pk]), icon_name="undo", priority=61)


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    yield from _buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    # A list asks nothing more of the database for a page.
    if page.live:
        yield from _buttons(page, user)


@hooks.register("before_edit_page")
def tell_that_it_is_withdrawn(request: HttpRequest, page: Page) -> None:
    if request.method != "GET" or page.live or not issubclass(page.specific_class or Page, ResourcePage):
        return
    withdrawal = Withdrawal.objects.filter(work=page.translation_key).first()
    if withdrawal is None:
        return
    words = _("This work was withdrawn on {day}. It can’t be published before it is put back.")
    back = []
    if may_put_back(request.user, withdrawal):
        back = [messages.button(reverse("put_work_back", args=[page.pk]), _("Put back"))]
    messages.warning(request, words.format(day=day(withdrawal.withdrawn_on)), buttons=back)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("resources.withdraw", gettext_lazy("Withdraw"), gettext_lazy("Withdrawn"))
    actions.register_action("resources.put_back", gettext_lazy("Put back"), gettext_lazy("Put back"))
