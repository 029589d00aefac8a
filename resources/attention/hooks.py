"""The list of what needs attention in the admin's menu and on its first page, and that of withdrawn works. Imported by
wagtail_hooks.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from resources.attention.report import AttentionView, panel_for
from resources.attention.withdrawn import WithdrawnView


@hooks.register("register_admin_urls")
def attention_urls() -> list[URLPattern]:
    return [
        path("reports/attention/", AttentionView.as_view(), name=AttentionView.index_url_name),
        path(
            "reports/attention/results/",
            AttentionView.as_view(results_only=True),
            name=AttentionView.index_results_url_name,
        ),
        path("reports/withdrawn/", WithdrawnView.as_view(), name=WithdrawnView.index_url_name),
        path(
            "reports/withdrawn/results/",
            WithdrawnView.as_view(results_only=True),
            name=WithdrawnView.index_results_url_name,
        ),
    ]


class _AttentionItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return panel_for(request) is not None


@hooks.register("register_reports_menu_item")
def attention_menu_item() -> MenuItem:
    return _AttentionItem(
        _("Needs attention"), reverse("needs_attention"), name="needs-attention", icon_name="warning", order=700
    )


@hooks.register("construct_homepage_panels")
def attention_panel(request: HttpRequest, panels: list[Any]) -> None:
    panel = panel_for(request)
    if panel is not None:
        panels.append(panel)
