"""Hooks of the thesaurus: the report of labels to confirm. Imported by wagtail_hooks."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from resources.thesaurus.models import Concept
from resources.thesaurus.report import UnreviewedLabelsView, confirm_labels


class LabelsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy_registry.get_by_type(Concept).user_has_any_permission(request.user, ["add", "change"]))


@hooks.register("register_admin_urls")
def label_report_urls() -> list[URLPattern]:
    return [
        path("reports/labels/", UnreviewedLabelsView.as_view(), name="unreviewed_labels"),
        path(
            "reports/labels/results/", UnreviewedLabelsView.as_view(results_only=True), name="unreviewed_labels_results"
        ),
        path("reports/labels/confirm/", confirm_labels, name="confirm_labels"),
    ]


@hooks.register("register_reports_menu_item")
def label_report_menu_item() -> MenuItem:
    return LabelsMenuItem(
        _("Labels to confirm"), reverse("unreviewed_labels"), name="unreviewed-labels", icon_name="tag", order=810
    )
