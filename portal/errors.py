"""Pages for what went wrong, in the visitor's language, with a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

API = "/api/"


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    return render(request, f"errors/{template}.html", status=status)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403", 403)


@requires_csrf_token
def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent without the mark this portal put into it."""
    return _page(request, "403", 403)


@requires_csrf_token
def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than any form of the page takes."""
    return _page(request, "413", 413)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Asks nothing of the request: it may be its host that can't be told."""
    return _plainly(request, "400", 400, _("The address could not be understood"))


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponseBase:
    """Asks nothing of the database: it may be what failed."""
    return _plainly(request, "500", 500, _("Something went wrong here"))


def _plainly(request: HttpRequest, template: str, status: int, message: str) -> HttpResponseBase:
    """A page that needs neither request nor database; for programs the same in their form."""
    if request.path_info.startswith(API):
        code = "bad_request" if status == 400 else "server_error"
        return JsonResponse({"error": {"code": code, "message": message}}, status=status)
    return HttpResponse(render_to_string(f"errors/{template}.html"), status=status)
