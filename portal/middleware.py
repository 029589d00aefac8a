"""The language of a request, from its address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware

# What has no language in its address is not to be found under a language either.
WITHOUT_LANGUAGE = ("/admin/", "/api/", "/django-admin/", "/documents/", "/media/", "/static/")


class PortalLocaleMiddleware(LocaleMiddleware):
    """As Django's, but a file that isn't there is a plain 404 and no redirect to a page that isn't there either."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)
