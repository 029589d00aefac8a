"""The language of a request, from its address; where an answer may be framed, and what may be kept of it."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_cache_control

# What has no language in its address is not to be found under a language either.
WITHOUT_LANGUAGE = ("/admin/", "/api/", "/django-admin/", "/documents/", "/media/", "/static/")


class PortalLocaleMiddleware(LocaleMiddleware):
    """As Django's, but a file that isn't there is a plain 404 and no redirect to a page that isn't there either."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)


class PortalCSPMiddleware(CSPMiddleware):
    """As django-csp's, but the admin may frame a page that it previews."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        # Wagtail makes a preview by a request of its own, to the page's address and not to one of the admin.
        if getattr(request, "is_preview", False):
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts


def private_to_visitors(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What a visitor with a session is shown may hold what others may not see: no cache but his own keeps it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            patch_cache_control(response, private=True)
        return response

    return answer
