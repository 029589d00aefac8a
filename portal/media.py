"""Images that pages show, served by the portal itself: one process is enough for a small library."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

from resources.access import Sight, sight_of_image
from resources.models import PortalRendition

_CACHING = {
    # Its name changes with its content; but a page may be closed, and what stands between forgets within the hour.
    Sight.EVERYONE: "public, max-age=86400, s-maxage=3600",
    Sight.OWN: "private, max-age=3600",
}


def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition, for whoever may see a page that shows it. Originals and documents are not served here."""
    if ".." in path.split("/"):
        raise Http404
    rendition = PortalRendition.objects.filter(file=path).select_related("image__collection").first()
    sight = sight_of_image(rendition.image, request) if rendition is not None else Sight.NONE
    if sight is Sight.NONE:
        raise Http404
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError:
        # A name longer than the disk allows is of nothing that is there.
        raise Http404 from None
    response["Cache-Control"] = _CACHING[sight]
    response["X-Content-Type-Options"] = "nosniff"
    # A format that could hold a script never runs it here.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
