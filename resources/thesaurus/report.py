"""A list for native speakers: the labels that the project drafted, to be confirmed one by one or a page at a time."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from resources.models.choices import LANGUAGE_CHOICES
from resources.thesaurus.models import Concept, ConceptLabel


class LabelFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(label=_("Language"), choices=LANGUAGE_CHOICES, empty_label=_("Any language"))

    class Meta:
        model = ConceptLabel
        fields = ["language", "kind"]


class CheckboxColumn(Column):
    """A box by which a label is chosen for confirming."""

    cell_template_name = "resources/admin/label_checkbox.html"


class UnreviewedLabelsView(ReportView):
    """Labels that wait for a native speaker, theme by theme."""

    model = ConceptLabel
    page_title = _("Labels to confirm")
    header_icon = "tag"
    index_url_name = "unreviewed_labels"
    index_results_url_name = "unreviewed_labels_results"
    results_template_name = "resources/admin/unreviewed_labels_results.html"
    filterset_class = LabelFilterSet
    any_permission_required = ["add", "change"]
    list_export = ["concept.slug", "language", "kind", "text"]
    columns = [
        CheckboxColumn("chosen", label=_("Correct")),
        TitleColumn(
            "text",
            label=_("Label"),
            get_url=lambda label: reverse("wagtailsnippets_resources_concept:edit", args=[label.concept_id]),
        ),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("concept", label=_("Theme")),
    ]

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Concept)

    def get_queryset(self) -> QuerySet[ConceptLabel]:
        return (
            ConceptLabel.objects.filter(reviewed=False)
            .select_related("concept")
            .prefetch_related("concept__labels")
            .order_by("concept__position", "concept__slug", "language", "-kind", "pk")
        )


@require_POST
def confirm_labels(request: HttpRequest) -> HttpResponse:
    """Mark the chosen labels as confirmed, and go back to the list as it was filtered."""
    if not policy_registry.get_by_type(Concept).user_has_permission(request.user, "change"):
        raise PermissionDenied
    chosen = [int(value) for value in request.POST.getlist("label") if value.isdecimal() and len(value) < 19]
    confirmed = 0
    with transaction.atomic():
        # One by one: saving tells search and the table of labels.
        for label in ConceptLabel.objects.filter(pk__in=chosen, reviewed=False).select_related("concept"):
            label.reviewed = True
            label.save(update_fields=["reviewed"])
            confirmed += 1
    messages.success(
        request,
        ngettext("{count} label was confirmed.", "{count} labels were confirmed.", confirmed).format(count=confirmed),
    )
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = reverse("unreviewed_labels")
    return redirect(back)
