"""Files as visitors get them: only to those who may, in place where that is safe, and by parts so that a video can be
sought in.
"""

from __future__ import annotations

from pathlib import Path

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served

from resources.access import may_have_document, works_on_files
from resources.models import PortalDocument
from resources.models.files import IN_PLACE
from resources.serving import file_response


@require_safe
def thumbnail(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """The picture of a document's first page, for whoever may have the document."""
    document = get_object_or_404(PortalDocument.objects.select_related("collection"), pk=document_id)
    if not document.thumbnail or not may_have_document(document, request):
        raise Http404
    try:
        file = default_storage.open(document.thumbnail.name, "rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@require_safe
def serve(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """In place of Wagtail's view, whose hooks it keeps: the file's bytes, all or the range asked for (RFC 9110, one
    range).

    Whoever may not have it, or asks for it by another name, gets a 404 and isn't told that it exists.
    """
    document = get_object_or_404(PortalDocument.objects.select_related("collection"), pk=document_id)
    if document.filename != filename:
        raise Http404
    if (answer := _guarded(document, request)) is not None:
        return answer
    document_served.send(sender=PortalDocument, instance=document, request=request)
    return _newest(document, request)


@require_safe
def version(request: HttpRequest, document_id: int, number: int, filename: str) -> HttpResponseBase:
    """One version of a document's file, whatever came after it, for whoever may have the document."""
    document = get_object_or_404(PortalDocument.objects.select_related("collection"), pk=document_id)
    every = list(document.versions.all())
    found = next((each for each in every if each.number == number), None)
    if found is None or found.name != filename:
        raise Http404
    if (answer := _guarded(document, request)) is not None:
        return answer
    if not found.is_public and not works_on_files(request, document):
        raise Http404
    if found is every[0]:
        return _newest(document, request)
    if not found.file or not Path(found.file.path).is_file():
        raise Http404
    return file_response(
        request,
        Path(found.file.path),
        checksum=found.checksum,
        media_type=found.media_type or "application/octet-stream",
        name=found.name,
        in_place=found.media_type in IN_PLACE,
    )


def _guarded(document: PortalDocument, request: HttpRequest) -> HttpResponseBase | None:
    """An answer in place of the file, such as the question for a password; a 404 for whom it isn't."""
    # Wagtail's own asks for the password of a restricted collection.
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(document, request)
        if isinstance(answer, HttpResponseBase):
            return answer
    if not may_have_document(document, request):
        raise Http404
    return None


def _newest(document: PortalDocument, request: HttpRequest) -> HttpResponseBase:
    path = Path(document.file.path)
    if not path.is_file():
        raise Http404
    return file_response(
        request,
        path,
        checksum=document.checksum or document.get_file_hash(),
        media_type=document.content_type,
        name=document.filename,
        in_place=document.content_disposition == "inline",
    )
