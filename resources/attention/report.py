"""The list of what needs attention in the admin, and its counts on the admin's first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page
from wagtail.permissions import policy_registry

from resources.attention.bounds import MAY_SEE, bound_to
from resources.attention.finding import Findings, counts
from resources.attention.kinds import KINDS, LABELS
from resources.attention.types import Scope
from resources.models import Country, ResourcePage
from resources.models.choices import LANGUAGE_CHOICES
from resources.places import native_name

REMEMBERED_SECONDS = 120


class AttentionFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("Kind of problem"), choices=[(kind.key, kind.label) for kind in KINDS], empty_label=_("All")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"),
        choices=lambda: [(country.code, str(country)) for country in Country.objects.all()],
        empty_label=_("Any country"),
    )
    language = django_filters.ChoiceFilter(label=_("Language"), choices=LANGUAGE_CHOICES, empty_label=_("Any language"))

    class Meta:
        model = ResourcePage
        fields: list[str] = []


class ProblemColumn(Column):
    """What is wrong, and below it what to do: on a phone there is no room for both side by side."""

    cell_template_name = "resources/admin/attention_problem.html"


class AttentionView(ReportView):
    """Each row says what is wrong and what to do, and leads to the place."""

    page_title = _("Needs attention")
    header_icon = "warning"
    index_url_name = "needs_attention"
    index_results_url_name = "needs_attention_results"
    results_template_name = "resources/admin/attention_results.html"
    filterset_class = AttentionFilterSet
    any_permission_required = MAY_SEE
    export_filename = "needs-attention"
    list_export = ["label", "title", "language", "problem", "todo", "url"]
    export_headings = {
        "label": _("Kind of problem"),
        "title": _("Title"),
        "language": _("Language"),
        "problem": _("Problem"),
        "todo": _("What to do"),
        "url": _("Address"),
    }
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda finding: finding.url),
        Column("language", label=_("Language"), accessor=lambda finding: native_name(finding.language)),
        ProblemColumn("problem", label=_("Problem, and what to do")),
    ]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Withdrawn"), reverse("withdrawn_works"), icon_name="cross")]

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    @cached_property
    def chosen(self) -> dict[str, str]:
        self.filters.is_valid()
        # What is no choice isn't among them.
        return {name: value for name, value in self.filters.form.cleaned_data.items() if value}

    def get_queryset(self) -> Findings:
        bound = bound_to(self.request.user)
        scope = Scope(bound or self.chosen.get("country", ""), self.chosen.get("language", ""))
        return Findings(scope, self.chosen.get("kind", ""))

    def filter_queryset(self, queryset: Any) -> Any:
        # The filters chose what was looked for.
        return queryset


class AttentionPanel(Component):
    """How much there is of each kind of problem; each leads to its list."""

    name = "needs_attention"
    template_name = "resources/admin/attention_panel.html"
    order = 150

    def __init__(self, country: str) -> None:
        self._country = country

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        # Told to each editor who comes to the first page: a little late is soon enough.
        found = cache.get_or_set(f"attention:{self._country}", lambda: counts(Scope(self._country)), REMEMBERED_SECONDS)
        address = reverse("needs_attention")
        return {
            "address": address,
            "kinds": [
                (LABELS[key], count, f"{address}?{urlencode({'kind': key})}") for key, count in (found or {}).items()
            ],
        }


def panel_for(request: HttpRequest) -> AttentionPanel | None:
    """The panel on the admin's first page; None for those who may not see what needs attention."""
    policy = policy_registry.get_by_type(Page)
    if not policy.user_has_any_permission(request.user, MAY_SEE):
        return None
    return AttentionPanel(bound_to(request.user))
