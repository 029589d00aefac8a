"""Reports for editors: what people look for, what finds nothing, what is never opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from search import registry
from search.errors import IndexUnavailable
from search.languages import LANGUAGES
from search.statistics import figures, storing
from search.statistics.chart import chart
from search.statistics.housekeeping import RARE_DAYS
from search.statistics.models import SearchCount
from search.statistics.unopened import Unopened, UnopenedWorks
from search.statistics.visits import search_path

MAY_SEE = ["publish"]
"""What one must be allowed to do with some page to see these reports."""
DAYS = 30
_NAMES = {language.code: language.native for language in LANGUAGES}


class PeriodFilterSet(WagtailFilterSet):
    days = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[("90", _("90 days")), ("365", _("A year"))],
        empty_label=_("30 days"),
        widget=forms.RadioSelect,
    )
    language = django_filters.ChoiceFilter(
        label=_("Language of the interface"),
        choices=list(_NAMES.items()),
        empty_label=_("Any language"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = SearchCount
        fields: list[str] = []


class DayColumn(Column):
    """A day; Wagtail's own column would tell how many hours ago it began."""

    def get_value(self, instance: Any) -> str:
        return date_format(super().get_value(instance))


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to one of the reports, for the same period."""

    label: str
    url: str
    current: bool


class SearchesReport(ReportView):
    """What the three reports have in common: who may see them, the period, and links to one another."""

    page_title = _("Searches")
    header_icon = "search"
    template_name = "search/statistics/report.html"
    results_template_name = "search/statistics/report_results.html"
    filterset_class = PeriodFilterSet
    any_permission_required = MAY_SEE
    subtitle: str | Promise = ""
    intro: str | Promise = ""
    empty_message: str | Promise = ""

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    @cached_property
    def period(self) -> figures.Period:
        self.filters.is_valid()
        # What is no choice isn't among them, which leaves the default.
        chosen = self.filters.form.cleaned_data
        return figures.Period.of(int(chosen.get("days") or DAYS), timezone.localdate(), chosen.get("language") or "")

    def get_page_subtitle(self) -> str | Promise:
        return self.subtitle

    def filter_queryset(self, queryset: Any) -> Any:
        # The period picks rows before they are summed up.
        return queryset

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # What this very process has counted and not written yet belongs into the report.
        storing.flush()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "tabs": self.tabs(), "period": self.period, "rare_days": RARE_DAYS, **self.figures()}

    def figures(self) -> dict[str, Any]:
        """What stands above the table."""
        return {}

    def tabs(self) -> list[Tab]:
        chosen = {name: self.request.GET[name] for name in ("days", "language") if self.request.GET.get(name)}
        query = f"?{urlencode(chosen)}" if chosen else ""
        return [
            Tab(str(view.subtitle), f"{reverse(view.index_url_name)}{query}", isinstance(self, view))
            for view in (LookedForView, NothingFoundView, UnopenedView)
        ]


def _try_it(row: dict[str, Any]) -> str:
    return f"{search_path(row['in_language'])}?{urlencode({'q': row['text']})}"


class LookedForView(SearchesReport):
    """Texts that people searched for, those asked most first, below a chart of all searches."""

    subtitle = _("What people look for")
    intro = _("A search leads to what it finds now.")
    empty_message = _("Texts that people search for will stand here.")
    index_url_name = "searches_report"
    index_results_url_name = "searches_report_results"
    export_filename = "searches"
    default_ordering = "-asked"
    list_export = ["text", "asked", "works", "opened"]
    export_headings = {
        "text": _("Search"),
        "asked": _("Times"),
        "works": _("Works found"),
        "opened": _("Works opened"),
    }
    columns = [
        TitleColumn("text", label=_("Search"), get_url=_try_it, sort_key="text"),
        NumberColumn("asked", label=_("Times"), sort_key="asked"),
        NumberColumn("works", label=_("Works found"), sort_key="works"),
        NumberColumn("opened", label=_("Works opened"), sort_key="opened"),
    ]

    def get_queryset(self) -> QuerySet[SearchCount, dict[str, Any]]:
        return figures.looked_for(self.period).order_by(self.ordering, "text")

    def figures(self) -> dict[str, Any]:
        return {
            "chart": chart(figures.over_time(self.period)),
            "unnamed": figures.unnamed(self.period),
            "filters_used": figures.filters_used(self.period),
        }


class NothingFoundView(SearchesReport):
    """Texts that found nothing though no filter was set, the most frequent first."""

    subtitle = _("What finds nothing")
    intro = _("A search leads to what it finds now. Searches with filters are left out here.")
    empty_message = _("Texts for which the library has nothing will stand here.")
    index_url_name = "searches_without_results"
    index_results_url_name = "searches_without_results_results"
    export_filename = "searches-without-results"
    default_ordering = "-nothing"
    list_export = ["text", "nothing", "last"]
    export_headings = {"text": _("Search"), "nothing": _("Times"), "last": _("Last day")}
    columns = [
        TitleColumn("text", label=_("Search"), get_url=_try_it, sort_key="text"),
        NumberColumn("nothing", label=_("Times"), sort_key="nothing"),
        DayColumn("last", label=_("Last day"), sort_key="last"),
    ]

    def get_queryset(self) -> QuerySet[SearchCount, dict[str, Any]]:
        return figures.found_nothing(self.period).order_by(self.ordering, "text")


class UnopenedView(SearchesReport):
    """Works in the index that nobody opened from results, the oldest first; only those that this editor may find."""

    subtitle = _("What is never opened")
    intro = _("Works that nobody opened from the results of a search in this period.")
    empty_message = _("Every work was opened. Those that are not will stand here.")
    index_url_name = "unopened_works"
    index_results_url_name = "unopened_works_results"
    export_filename = "unopened-works"
    is_available = True
    list_export = ["title", "language", "day", "url"]
    export_headings = {"title": _("Title"), "language": _("Language"), "day": _("Date"), "url": _("Address")}
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda work: work.url),
        Column(
            "language",
            label=_("Language"),
            accessor=lambda work: _NAMES.get(work.language, work.language),
        ),
        DayColumn("day", label=_("Date")),
    ]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get(request, *args, **kwargs)
        except IndexUnavailable:
            self.is_available = False
            self.empty_message = _("Search is not available at the moment.")
            return super().get(request, *args, **kwargs)

    def get_queryset(self) -> UnopenedWorks | list[Unopened]:
        if not self.is_available:
            return []
        opened = figures.opened_works(self.period)
        return UnopenedWorks(opened, registry.readers(self.request.user), get_language() or "en")
