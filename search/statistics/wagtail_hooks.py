"""The reports in the admin's menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from search.statistics.report import MAY_SEE, LookedForView, NothingFoundView, UnopenedView


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    addresses = {
        "reports/searches/": LookedForView,
        "reports/searches/nothing/": NothingFoundView,
        "reports/searches/unopened/": UnopenedView,
    }
    return [
        found
        for address, view in addresses.items()
        for found in (
            path(address, view.as_view(), name=view.index_url_name),
            path(f"{address}results/", view.as_view(results_only=True), name=view.index_results_url_name),
        )
    ]


class _SearchesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy_registry.get_by_type(Page).user_has_any_permission(request.user, MAY_SEE))


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return _SearchesItem(
        _("Searches"), reverse(LookedForView.index_url_name), name="searches", icon_name="search", order=790
    )
