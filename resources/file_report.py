"""A list for editors: the files that the portal could not read, with the reason and a way to try again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents.views import documents, multiple
from wagtail.permissions import policy_registry

from resources.extraction import jobs
from resources.models import DocumentVersion, ExtractionStatus, PortalDocument


class UnreadFilesView(ReportView):
    """Documents that failed or still wait, newest first."""

    model = PortalDocument
    page_title = gettext_lazy("Files that could not be read")
    header_icon = "warning"
    index_url_name = "unread_files"
    index_results_url_name = "unread_files_results"
    any_permission_required = ["add", "change"]
    list_export = ["title", "reading_outcome", "created_at"]
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("File"),
            get_url=lambda document: reverse("wagtaildocs:edit", args=[document.pk]),
        ),
        Column("reason", label=gettext_lazy("Reason"), accessor="reading_outcome"),
        DateColumn("created_at", label=gettext_lazy("Uploaded")),
    ]

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(PortalDocument)

    def get_queryset(self) -> QuerySet[PortalDocument]:
        allowed = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["add", "change"])
        return allowed.exclude(extraction_status=ExtractionStatus.EXTRACTED).order_by("-created_at")


class AddDocumentView(documents.CreateView):
    """As Wagtail's, but an editor is told at once of a file that was kept and could not be read."""

    def form_valid(self, form: Any) -> HttpResponse:
        return _told(self.request, super().form_valid(form), self.object)


class EditDocumentView(documents.EditView):
    """As Wagtail's, but an editor is told at once when the file in place of another could not be read."""

    def form_valid(self, form: Any) -> HttpResponse:
        form.instance.replaced_by = self.request.user
        return _told(self.request, super().form_valid(form), self.object)


class AddDocumentsView(multiple.AddView):
    """As Wagtail's, but above the form of a file that was kept and could not be read stands why."""

    edit_form_template_name = "resources/admin/uploaded_file.html"


def _told(request: HttpRequest, response: HttpResponse, document: PortalDocument) -> HttpResponse:
    if document.extraction_status == ExtractionStatus.FAILED:
        messages.warning(request, document.reading_outcome)
    return response


@require_POST
def show_version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Let readers have an earlier version of a file, or keep it from them."""
    version = get_object_or_404(DocumentVersion.objects.select_related("document"), pk=version_id)
    policy = policy_registry.get_by_type(PortalDocument)
    if not policy.user_has_permission_for_instance(request.user, "change", version.document):
        raise PermissionDenied
    DocumentVersion.objects.filter(pk=version.pk).update(is_public="show" in request.POST)
    messages.success(
        request, _("Readers may have this version.") if "show" in request.POST else _("It is for editors.")
    )
    return redirect("wagtaildocs:edit", version.document_id)


@require_POST
def read_again(request: HttpRequest, document_id: int) -> HttpResponse:
    """Try a file once more; the outcome is told and the editor is back at the file."""
    document = get_object_or_404(PortalDocument, pk=document_id)
    policy = policy_registry.get_by_type(PortalDocument)
    if not policy.user_has_permission_for_instance(request.user, "change", document):
        raise PermissionDenied
    jobs.extract(document)
    document.refresh_from_db()
    if document.extraction_status == ExtractionStatus.EXTRACTED:
        messages.success(request, _("The file was read."))
    else:
        messages.error(request, document.reading_outcome)
    return redirect("wagtaildocs:edit", document.pk)
