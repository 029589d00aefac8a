"""The works that were withdrawn, in the admin: by title, with the reason and the way to put one back."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from resources.attention.bounds import MAY_SEE, bound_to
from resources.models import WithdrawalReason, WithdrawnVersion
from resources.places import native_name
from resources.withdrawing.admin import may_put_back


class WithdrawnFilterSet(WagtailFilterSet):
    title = django_filters.CharFilter(label=gettext_lazy("Title"), lookup_expr="icontains")
    reason = django_filters.ChoiceFilter(
        label=gettext_lazy("Reason"),
        field_name="withdrawal__reason",
        choices=WithdrawalReason.choices,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = WithdrawnVersion
        fields: list[str] = []


def _edit(version: WithdrawnVersion) -> str | None:
    return reverse("wagtailadmin_pages:edit", args=[version.page_id]) if version.page_id else None


def _reason(version: WithdrawnVersion) -> str | Promise:
    sentence, words, _language = version.withdrawal.explanation()
    return words or sentence


class WithdrawnView(ReportView):
    """A row a language version that was public, what was withdrawn last first."""

    model = WithdrawnVersion
    page_title = gettext_lazy("Withdrawn")
    header_icon = "cross"
    index_url_name = "withdrawn_works"
    index_results_url_name = "withdrawn_works_results"
    results_template_name = "resources/admin/attention_results.html"
    filterset_class = WithdrawnFilterSet
    any_permission_required = MAY_SEE
    export_filename = "withdrawn"
    list_export = ["title", "language", "withdrawal.withdrawn_on", "withdrawal.reason", "withdrawal.by"]
    export_headings = {
        "title": gettext_lazy("Title"),
        "language": gettext_lazy("Language"),
        "withdrawal.withdrawn_on": gettext_lazy("Date"),
        "withdrawal.reason": gettext_lazy("Reason"),
        "withdrawal.by": gettext_lazy("By"),
    }

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=gettext_lazy("Title"), get_url=_edit),
            Column("language", label=gettext_lazy("Language"), accessor=lambda version: native_name(version.language)),
            Column("day", label=gettext_lazy("Date"), accessor="withdrawal.withdrawn_on"),
            Column("reason", label=gettext_lazy("Reason"), accessor=_reason),
            Column("by", label=gettext_lazy("By"), accessor="withdrawal.by"),
            Column("back", label="", accessor=self._way_back),
        ]

    def get_queryset(self) -> QuerySet[WithdrawnVersion]:
        versions = WithdrawnVersion.objects.select_related("withdrawal__by", "page")
        if bound := bound_to(self.request.user):
            versions = versions.filter(page__countries=bound)
        return versions.order_by("-withdrawal__withdrawn_on", "-withdrawal__pk", "language")

    def _way_back(self, version: WithdrawnVersion) -> str:
        if version.page_id is None or not may_put_back(self.request.user, version.withdrawal):
            return ""
        return format_html('<a href="{}">{}</a>', reverse("put_work_back", args=[version.page_id]), _("Put back"))
