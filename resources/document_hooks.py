"""What editors are told of files. Imported by wagtail_hooks."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from resources import file_report


@hooks.register("register_admin_urls")
def file_report_urls() -> list[URLPattern]:
    view = file_report.UnreadFilesView
    return [
        path("reports/files/", view.as_view(), name="unread_files"),
        path("reports/files/results/", view.as_view(results_only=True), name="unread_files_results"),
        path("files/<int:document_id>/read-again/", file_report.read_again, name="read_file_again"),
    ]


@hooks.register("register_reports_menu_item")
def file_report_menu_item() -> MenuItem:
    return MenuItem(_("Unread files"), reverse("unread_files"), name="unread-files", icon_name="warning", order=800)
