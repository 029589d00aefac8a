"""What editors are told of files. Imported by wagtail_hooks."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from resources import file_report, page_texts
from resources.models import PortalDocument


@hooks.register("register_admin_urls", order=-1)
def document_urls() -> list[URLPattern]:
    """In place of Wagtail's own views at these addresses: they come before them."""
    return [
        path("documents/add/", file_report.AddDocumentView.as_view()),
        path("documents/multiple/add/", file_report.AddDocumentsView.as_view()),
        path("documents/edit/<int:document_id>/", file_report.EditDocumentView.as_view()),
    ]


@hooks.register("register_admin_urls")
def file_report_urls() -> list[URLPattern]:
    view = file_report.UnreadFilesView
    return [
        path("reports/files/", view.as_view(), name="unread_files"),
        path("reports/files/results/", view.as_view(results_only=True), name="unread_files_results"),
        path("files/<int:document_id>/read-again/", file_report.read_again, name="read_file_again"),
        path("files/versions/<int:version_id>/", file_report.show_version, name="show_file_version"),
        path("files/<int:document_id>/pages/", page_texts.PageTextsView.as_view(), name="page_texts"),
        path("files/<int:document_id>/pages/<int:page>.webp", page_texts.picture, name="page_picture"),
        path("files/<int:document_id>/corrections/<int:finding_id>/", page_texts.decide, name="decide_correction"),
    ]


class _UnreadFilesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(PortalDocument)
        return bool(policy.user_has_any_permission(request.user, file_report.UnreadFilesView.any_permission_required))


@hooks.register("register_reports_menu_item")
def file_report_menu_item() -> MenuItem:
    return _UnreadFilesItem(
        _("Unreadable files"), reverse("unread_files"), name="unread-files", icon_name="warning", order=800
    )
