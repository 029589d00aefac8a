"""The list of imports."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, StatusTagColumn, TitleColumn, UserColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from resources.imports.models import WORKING, Run
from resources.imports.permissions import runs_of
from resources.imports.views.guarded import Guarded


class ListView(Guarded, IndexView):
    """Runs, the newest first."""

    model = Run
    page_title = _("Imports")
    header_icon = "upload"
    index_url_name = "imports"
    index_results_url_name = "imports_results"
    template_name = "resources/imports/list.html"
    default_ordering = "-made"
    paginate_by = 50
    is_searchable = False
    columns = [
        TitleColumn("name", label=_("Name"), get_url=lambda run: reverse("import_run", args=[run.pk])),
        StatusTagColumn("status", label=_("State"), accessor="get_status_display", primary=lambda run: run.is_working),
        UserColumn("user", label=_("By")),
        DateColumn("made", label=_("Begun")),
    ]

    def get_queryset(self) -> QuerySet[Run]:
        return runs_of(self.request.user).select_related("user", "user__wagtail_userprofile").order_by("-made", "-pk")

    @property
    def header_buttons(self) -> list[Any]:
        return [
            HeaderButton(_("Import a file"), url=reverse("import_new"), icon_name="upload", priority=10),
            HeaderButton(
                _("Fetch from a repository"), url=reverse("import_harvest"), icon_name="download", priority=20
            ),
            HeaderButton(_("Export the library"), url=reverse("import_export"), icon_name="table", priority=30),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "is_working": self._is_working()}

    def _is_working(self) -> bool:
        return runs_of(self.request.user).filter(status__in=WORKING).exists()
