"""Files as visitors get them: only to those who may, in place where that is safe, and by parts so that a video can be
sought in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served

from resources.access import may_have_document
from resources.models import PortalDocument

CHUNK = 64 * 1024
# Longer numbers than any file has bytes are no range: Python refuses to read a number of thousands of digits.
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


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

    Who may not have it, or asks for it by another name, gets a 404: he isn't told that it exists.
    """
    document = get_object_or_404(PortalDocument.objects.select_related("collection"), pk=document_id)
    if document.filename != filename:
        raise Http404
    # Wagtail's own asks for the password of a restricted collection.
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(document, request)
        if isinstance(answer, HttpResponseBase):
            return answer
    if not may_have_document(document, request):
        raise Http404
    document_served.send(sender=PortalDocument, instance=document, request=request)
    path = Path(document.file.path)
    if not path.is_file():
        raise Http404
    size = path.stat().st_size
    etag = f'"{document.checksum or document.get_file_hash()}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        response = _bytes(request, path, size)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _policy(document)
    disposition = content_disposition_header(document.content_disposition != "inline", document.filename)
    if disposition:
        response["Content-Disposition"] = disposition
    if response.status_code != 304:
        response["Content-Type"] = document.content_type
    return response


def _policy(document: PortalDocument) -> str:
    """The Content-Security-Policy of a file opened in place: it can load nothing but itself, and run nothing."""
    shut = "default-src 'none'; style-src 'unsafe-inline'"
    if document.is_pdf:
        # Browsers' own PDF readers don't start in a sandbox.
        return f"{shut}; object-src 'self'"
    # What `default-src` doesn't speak for.
    shut += "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    # The page a browser makes for a film asks for the film once more, and from a sandbox it would get nothing: that is
    # another origin.
    return f"{shut}; media-src 'self'" if document.is_video else f"{shut}; sandbox"


def _bytes(request: HttpRequest, path: Path, size: int) -> HttpResponseBase:
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not match or (not match[1] and not match[2]):
        return FileResponse(path.open("rb"))
    if match[1]:
        start, end = int(match[1]), min(int(match[2]) if match[2] else size - 1, size - 1)
    else:
        start, end = max(0, size - int(match[2])), size - 1
    if start >= size or start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_part(path, start, end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _part(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
