"""The vocabulary in the admin: themes and countries, under one entry of the menu."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from resources.models import Concept, Country
from resources.models.choices import LANGUAGE_CHOICES


class ConceptFilterSet(WagtailFilterSet):
    unreviewed = django_filters.ChoiceFilter(
        label=_("Labels to confirm in"),
        choices=LANGUAGE_CHOICES,
        method="with_unreviewed",
        empty_label=_("Any language"),
    )

    class Meta:
        model = Concept
        fields: list[str] = []

    def with_unreviewed(self, queryset: QuerySet[Concept], _name: str, language: str) -> QuerySet[Concept]:
        return queryset.filter(labels__language=language, labels__reviewed=False).distinct()


class ConceptIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Concept]:
        concepts: QuerySet[Concept] = super().get_base_queryset()
        return concepts.prefetch_related("labels", "broader__labels").annotate(
            to_confirm=Count("labels", filter=Q(labels__reviewed=False))
        )


class ConceptViewSet(SnippetViewSet):
    model = Concept
    icon = "tag"
    menu_label = _("Themes")
    index_view_class = ConceptIndexView
    list_display = ["__str__", "slug", "broader", Column("to_confirm", label=_("Labels to confirm"))]
    filterset_class = ConceptFilterSet
    list_per_page = 50
    copy_view_enabled = False


class CountryViewSet(SnippetViewSet):
    model = Country
    icon = "globe"
    menu_label = _("Countries")
    list_display = ["__str__", "code", "is_member"]
    list_filter = ["is_member"]
    list_per_page = 50
    copy_view_enabled = False

    def get_queryset(self, _request: HttpRequest) -> QuerySet[Any]:
        return Country.objects.all()


class VocabularyGroup(SnippetViewSetGroup):
    items = (ConceptViewSet, CountryViewSet)
    menu_label = _("Vocabulary")
    menu_icon = "list-ul"
    menu_order = 320
