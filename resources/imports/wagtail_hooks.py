"""What imports add to Wagtail's admin: an entry of the menu, and their pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from resources.imports.permissions import may_import
from resources.imports.views import steps
from resources.imports.views.listing import ListView


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    return [
        path("imports/", ListView.as_view(), name="imports"),
        path("imports/results/", ListView.as_view(results_only=True), name="imports_results"),
        path("imports/new/", steps.new, name="import_new"),
        path("imports/harvest/", steps.harvest, name="import_harvest"),
        path("imports/export/", steps.export, name="import_export"),
        path("imports/<int:run_id>/", steps.show, name="import_run"),
        path("imports/<int:run_id>/columns/", steps.columns, name="import_columns"),
        path("imports/<int:run_id>/start/", steps.start, name="import_start"),
        path("imports/<int:run_id>/stop/", steps.stop, name="import_stop"),
        path("imports/<int:run_id>/undo/", steps.undo, name="import_undo"),
        path("imports/<int:run_id>/delete/", steps.delete, name="import_delete"),
        re_path(r"^imports/(?P<run_id>\d{1,15})/report\.(?P<form>csv|xlsx)$", steps.report, name="import_report"),
    ]


class _ImportsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


@hooks.register("register_admin_menu_item")
def imports_menu_item() -> MenuItem:
    return _ImportsItem(_("Import"), reverse("imports"), name="imports", icon_name="upload", order=330)
