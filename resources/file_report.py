"""A list for editors: the files that the portal could not read, or not well, with the reason and a way to fix it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents.views import documents, multiple
from wagtail.permissions import policy_registry

from resources.extraction import jobs
from resources.extraction.troubles import sentence
from resources.models import Decision, DocumentVersion, ExtractionStatus, PortalDocument, TextFinding

UNDECIDED = ("", Decision.PROPOSED)
"""Findings that wait for an editor: what can't be corrected, and what may be, if the editor says so."""


def what_is_wrong(document: PortalDocument) -> str:
    """Why a file could not be read, or what is wrong with its text and not decided yet; each in a sentence."""
    if document.reading_outcome:
        return document.reading_outcome
    return " ".join(
        str(sentence(finding.trouble)) for finding in document.text_findings.all() if finding.decision in UNDECIDED
    )


def _pages_link(document: PortalDocument) -> str:
    return format_html('<a href="{}">{}</a>', reverse("page_texts", args=[document.pk]), _("Compare pages and text"))


class UnreadFilesView(ReportView):
    """Documents that failed or still wait, or with something wrong in their text, newest first."""

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
        Column("reason", label=gettext_lazy("Reason"), accessor=what_is_wrong),
        Column("pages", label=gettext_lazy("Text"), accessor=_pages_link),
        DateColumn("created_at", label=gettext_lazy("Uploaded")),
    ]

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(PortalDocument)

    def get_queryset(self) -> QuerySet[PortalDocument]:
        allowed = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["add", "change"])
        wrong = Exists(TextFinding.objects.filter(document=OuterRef("pk"), decision__in=UNDECIDED))
        unread = allowed.filter(~Q(extraction_status=ExtractionStatus.EXTRACTED) | wrong)
        return unread.prefetch_related("text_findings").order_by("-created_at")


class AddDocumentView(documents.CreateView):
    """As Wagtail's, but an editor is told at once of a file that was kept and could not be read."""

    def form_valid(self, form: Any) -> HttpResponse:
        return _with_warning(self.request, super().form_valid(form), self.object)


class EditDocumentView(documents.EditView):
    """As Wagtail's, but an editor is told at once when the file in place of another could not be read."""

    def form_valid(self, form: Any) -> HttpResponse:
        form.instance.replaced_by = self.request.user
        return _with_warning(self.request, super().form_valid(form), self.object)


class AddDocumentsView(multiple.AddView):
    """As Wagtail's, but above the form of a file that was kept and could not be read stands why."""

    edit_form_template_name = "resources/admin/uploaded_file.html"


def _with_warning(request: HttpRequest, response: HttpResponse, document: PortalDocument) -> HttpResponse:
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
