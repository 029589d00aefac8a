"""Images that pages show, served by the portal itself: one process is enough for a small library."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.static import serve


@cache_control(public=True, max_age=30 * 24 * 3600, immutable=True)
def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition. Its name changes with its content, so that it may be kept for long. Originals and documents are
    not served here.
    """
    if ".." in path.split("/"):
        raise Http404
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError:
        # A name longer than the disk allows is of nothing that is there.
        raise Http404 from None
    response["X-Content-Type-Options"] = "nosniff"
    # A format that could hold a script never runs it here.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
